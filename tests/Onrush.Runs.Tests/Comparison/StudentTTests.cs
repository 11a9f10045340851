using Onrush.Runs.Comparison;

namespace Onrush.Runs.Tests.Comparison;

public class StudentTTests
{
    // Textbook values.
    [Theory]
    [InlineData(0.975, 1, 12.7062)]
    [InlineData(0.975, 9, 2.2622)]
    [InlineData(0.995, 4, 4.6041)]
    [InlineData(0.95, 30, 1.6973)]
    [InlineData(0.9995, 9, 4.7809)]
    [InlineData(0.975, 1e6, 1.9600)]
    [InlineData(0.5, 7, 0)]
    public void Quantiles_are_those_of_the_tables(double probability, double degrees, double value) =>
        StudentT.Quantile(probability, degrees).ShouldBe(value, 1e-4);
}
