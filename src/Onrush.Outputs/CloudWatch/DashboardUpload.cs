using System.Text.Json;
using System.Text.Json.Nodes;
using Onrush.Outputs.Aws;

namespace Onrush.Outputs.CloudWatch;

/// <summary>Puts a dashboard into CloudWatch, over one of the same name.</summary>
internal static class DashboardUpload
{
    /// <exception cref="OutputException">It was not taken.</exception>
    public static async Task PutAsync(AwsPlace place, string? profile, string? roleArn, string name, JsonObject body, TimeProvider time)
    {
        using var login = new AwsLogin(place, profile, roleArn);
        using var client = new AwsClient(AwsService.CloudWatch, place, login, time);
        using var limit = new CancellationTokenSource(TimeSpan.FromSeconds(30));
        AwsAnswer answer;
        try
        {
            answer = await client.CallAsync("PutDashboard", AwsClient.Pack(JsonSerializer.SerializeToUtf8Bytes(new { DashboardName = name, DashboardBody = body.ToJsonString() })), limit.Token).ConfigureAwait(false);
        }
        catch (Exception exception) when (exception is HttpRequestException or OperationCanceledException)
        {
            throw new OutputException($"CloudWatch in {place.Region} does not answer: {exception.Message}");
        }

        if (!answer.IsGood)
            throw new OutputException($"CloudWatch did not take the dashboard: {AwsDelivery.Of(answer).Why}");
        using var json = answer.Json();
        if (json.RootElement.TryGetProperty("DashboardValidationMessages", out var messages) && messages.ValueKind == JsonValueKind.Array && messages.GetArrayLength() > 0)
            throw new OutputException($"CloudWatch took the dashboard with complaints: {messages[0]}");
    }
}
