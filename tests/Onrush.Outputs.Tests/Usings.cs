global using Onrush.Outputs.Options;
global using Onrush.Outputs.Pipeline;
global using Onrush.Runs.Tests;
