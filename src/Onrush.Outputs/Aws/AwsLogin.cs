using Amazon;
using Amazon.Runtime;
using Amazon.Runtime.CredentialManagement;
using Amazon.Runtime.Credentials;
using Amazon.SecurityToken;
using Amazon.SecurityToken.Model;

namespace Onrush.Outputs.Aws;

/// <summary>
/// Where the keys come from: the chain of the AWS SDK (variables, profile, web identity, container, instance), or a named profile; with a role, what STS gives for it,
/// asked for anew before it expires.
/// </summary>
internal sealed class AwsLogin : IDisposable
{
    private readonly Lazy<AWSCredentials> _credentials;

    /// <param name="place">Region and endpoint.</param>
    /// <param name="profile">Name of a profile; null leaves it to the chain.</param>
    /// <param name="roleArn">A role to take on; null takes none.</param>
    public AwsLogin(AwsPlace place, string? profile, string? roleArn) => _credentials = new(() =>
    {
        var source = profile is null ? DefaultAWSCredentialsIdentityResolver.GetCredentials(null) : OfProfile(profile);
        return roleArn is null ? source : new AssumedRole(source, roleArn, place);
    });

    /// <summary>The keys as of now.</summary>
    /// <exception cref="OutputException">There are none.</exception>
    /// <exception cref="HttpRequestException">Who gives them cannot be reached.</exception>
    public async Task<AwsKeys> KeysAsync()
    {
        try
        {
            var keys = await _credentials.Value.GetCredentialsAsync().ConfigureAwait(false);
            return new AwsKeys(keys.AccessKey, keys.SecretKey, keys.UseToken ? keys.Token : null);
        }
        catch (AmazonServiceException exception) when ((int)exception.StatusCode is < 400 or >= 500)
        {
            throw new HttpRequestException(HttpRequestError.ConnectionError, $"STS: {exception.Message.ReplaceLineEndings(" ")}", exception);
        }
        catch (Exception exception) when (exception is AmazonClientException or AmazonServiceException)
        {
            throw new OutputException($"no AWS credentials: {exception.Message.ReplaceLineEndings(" ")}");
        }
    }

    /// <summary>Forgets keys that AWS no longer takes.</summary>
    public void Renew()
    {
        if (_credentials is { IsValueCreated: true, Value: RefreshingAWSCredentials refreshing })
            refreshing.ClearCredentials();
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        if (_credentials is { IsValueCreated: true, Value: IDisposable disposable })
            disposable.Dispose();
    }

    private static AWSCredentials OfProfile(string profile) => new CredentialProfileStoreChain().TryGetAWSCredentials(profile, out var found)
        ? found
        : throw new OutputException($"there is no AWS profile '{profile}' with credentials");

    /// <summary>A role that STS hands out for an hour at a time; it is renewed five minutes before.</summary>
    private sealed class AssumedRole : RefreshingAWSCredentials
    {
        private const int Seconds = 3600;

        private readonly AmazonSecurityTokenServiceClient _client;
        private readonly string _roleArn;

        public AssumedRole(AWSCredentials source, string roleArn, AwsPlace place)
        {
            var config = new AmazonSecurityTokenServiceConfig { RegionEndpoint = RegionEndpoint.GetBySystemName(place.Region), Timeout = TimeSpan.FromSeconds(10) };
            if (place.Endpoint is { } endpoint)
                (config.ServiceURL, config.AuthenticationRegion) = (endpoint.ToString(), place.Region);
            _client = new AmazonSecurityTokenServiceClient(source, config);
            _roleArn = roleArn;
            PreemptExpiryTime = TimeSpan.FromMinutes(5);
        }

        protected override async Task<CredentialsRefreshState> GenerateNewCredentialsAsync()
        {
            var answer = await _client.AssumeRoleAsync(new AssumeRoleRequest { RoleArn = _roleArn, RoleSessionName = "onrush", DurationSeconds = Seconds }).ConfigureAwait(false);
            var keys = answer.Credentials;
            return new CredentialsRefreshState(new ImmutableCredentials(keys.AccessKeyId, keys.SecretAccessKey, keys.SessionToken), keys.Expiration ?? DateTime.MaxValue);
        }

        protected override CredentialsRefreshState GenerateNewCredentials() => GenerateNewCredentialsAsync().GetAwaiter().GetResult();

        protected override void Dispose(bool disposing)
        {
            if (disposing)
                _client.Dispose();
            base.Dispose(disposing);
        }
    }
}
