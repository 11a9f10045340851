using System.Security.Cryptography;
using System.Text;

namespace Onrush.Dashboard;

/// <summary>Compares secrets. They are kept as hashes with a salt of this process, and compared in the same time whether right or wrong.</summary>
internal sealed class Credentials
{
    private readonly byte[] _salt = RandomNumberGenerator.GetBytes(32);
    private readonly byte[]? _token;
    private readonly byte[]? _login;

    public Credentials(DashboardOptions options)
    {
        _token = options.Token is { } token ? Hash(token) : null;
        _login = options.Login is { } login ? Hash(login) : null;
    }

    /// <summary>Whether anything is needed at all.</summary>
    public bool Needed => _token is not null || _login is not null;

    /// <summary>What the login form asks for: none, token or password.</summary>
    public string Kind => _login is not null ? "password" : _token is not null ? "token" : "none";

    public bool IsToken(string text) => Equal(_token, text);

    public bool IsLogin(string user, string password) => Equal(_login, $"{user}:{password}");

    /// <summary>What an Authorization header says: Bearer with the token, or Basic with the login.</summary>
    public bool IsHeader(string header)
    {
        if (header.StartsWith("Bearer ", StringComparison.OrdinalIgnoreCase))
            return IsToken(header["Bearer ".Length..].Trim());
        if (!header.StartsWith("Basic ", StringComparison.OrdinalIgnoreCase))
            return false;
        var bytes = new byte[header.Length];
        return Convert.TryFromBase64String(header["Basic ".Length..].Trim(), bytes, out int length)
            && Equal(_login, Encoding.UTF8.GetString(bytes, 0, length));
    }

    private bool Equal(byte[]? secret, string text) => secret is not null && CryptographicOperations.FixedTimeEquals(secret, Hash(text));

    private byte[] Hash(string text) => HMACSHA256.HashData(_salt, Encoding.UTF8.GetBytes(text));
}
