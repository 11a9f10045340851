using System.Net;
using System.Net.Security;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;

namespace Onrush.Testing.Targets.Tls;

/// <summary>A certificate authority made for one test run, and the good and bad certificates it issues.</summary>
public sealed class TestAuthority : IDisposable
{
    private readonly ECDsa _key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
    private readonly X509Certificate2 _root;
    private readonly DateTimeOffset _now = TimeProvider.System.GetUtcNow();

    /// <summary>Makes the authority.</summary>
    public TestAuthority()
    {
        var request = new CertificateRequest("CN=Onrush test authority", _key, HashAlgorithmName.SHA256);
        request.CertificateExtensions.Add(new X509BasicConstraintsExtension(true, false, 0, true));
        request.CertificateExtensions.Add(new X509KeyUsageExtension(X509KeyUsageFlags.KeyCertSign | X509KeyUsageFlags.CrlSign, true));
        request.CertificateExtensions.Add(new X509SubjectKeyIdentifierExtension(request.PublicKey, false));
        _root = request.CreateSelfSigned(_now.AddYears(-2), _now.AddYears(2));
    }

    /// <summary>The root in PEM: what a client that trusts this authority is given, for instance through SSL_CERT_FILE.</summary>
    public string RootPem => _root.ExportCertificatePem();

    /// <summary>For localhost, 127.0.0.1 and ::1, valid today.</summary>
    public ServerCertificate Valid() => Issue("localhost", _now.AddDays(-1), _now.AddDays(30));

    /// <summary>Right host, right authority, ended yesterday.</summary>
    public ServerCertificate Expired() => Issue("localhost", _now.AddDays(-60), _now.AddDays(-1));

    /// <summary>Valid, but for another host.</summary>
    public ServerCertificate WrongHost() => Issue("elsewhere.invalid", _now.AddDays(-1), _now.AddDays(30));

    /// <summary>Right host, valid today, signed by nobody but itself.</summary>
    public ServerCertificate SelfSigned()
    {
        using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        return new ServerCertificate(Request("localhost", key).CreateSelfSigned(_now.AddDays(-1), _now.AddDays(30)), null);
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        _root.Dispose();
        _key.Dispose();
    }

    private ServerCertificate Issue(string host, DateTimeOffset from, DateTimeOffset to)
    {
        using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        using var issued = Request(host, key).Create(_root, from, to, RandomNumberGenerator.GetBytes(12));
        return new ServerCertificate(issued.CopyWithPrivateKey(key), _root);
    }

    private static CertificateRequest Request(string host, ECDsa key)
    {
        var request = new CertificateRequest($"CN={host}", key, HashAlgorithmName.SHA256);
        var names = new SubjectAlternativeNameBuilder();
        names.AddDnsName(host);
        if (host == "localhost")
        {
            names.AddIpAddress(IPAddress.Loopback);
            names.AddIpAddress(IPAddress.IPv6Loopback);
        }
        request.CertificateExtensions.Add(names.Build());
        request.CertificateExtensions.Add(new X509BasicConstraintsExtension(false, false, 0, true));
        request.CertificateExtensions.Add(new X509EnhancedKeyUsageExtension([new Oid("1.3.6.1.5.5.7.3.1")], false));
        return request;
    }
}

/// <summary>What a server shows in the handshake.</summary>
public sealed class ServerCertificate : IDisposable
{
    private readonly X509Certificate2 _certificate;

    internal ServerCertificate(X509Certificate2 certificate, X509Certificate2? root)
    {
        _certificate = certificate;
        Context = SslStreamCertificateContext.Create(certificate, root is null ? [] : [root], offline: true);
    }

    /// <summary>The certificate and its chain, ready for SslStream.</summary>
    public SslStreamCertificateContext Context { get; }

    /// <summary>The certificate in PEM, for servers that read files.</summary>
    public string CertificatePem => _certificate.ExportCertificatePem();

    /// <summary>Its private key in PEM.</summary>
    public string KeyPem
    {
        get
        {
            using var key = _certificate.GetECDsaPrivateKey()!;
            return key.ExportPkcs8PrivateKeyPem();
        }
    }

    /// <inheritdoc/>
    public void Dispose() => _certificate.Dispose();
}
