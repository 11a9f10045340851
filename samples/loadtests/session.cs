// A user with an account: logs in once, keeps the token, checks what comes back.
//   onrush -f samples/loadtests/session.cs -H http://127.0.0.1:8080 --headless -u 10 -r 5 -t 10s --password secret
using Onrush;

public sealed class AccountUser : FastHttpUser
{
    [Option("Password of the test accounts", Required = true, Secret = true)]
    public static string Password { get; set; } = "";

    protected override WaitTime WaitTime => WaitTime.Constant(1);

    protected override IEnumerable<Header> DefaultHeaders => [new("Accept", "application/json")];

    protected override double NetworkTimeout => 5;

    public override async ValueTask OnStartAsync()
    {
        using var login = await Client.PostAsync("/login",
            RequestBody.Form(("user", $"user{Number}"), ("password", Password)), keepBody: true);
        if (!login.IsSuccess)
            StopUser(); // nothing to do without an account
        Client.UseBearerToken(login.Headers["X-Token"] ?? "none");
    }

    [Task]
    public async Task Profile()
    {
        using var response = await Client.GetAsync("/profile", catchResponse: true);
        if (response.IsSuccess && response.Body.Length == 0)
            response.Failure("the profile is empty");
    }

    [Task]
    public async Task Upload() => await Client.PostAsync("/pictures",
        RequestBody.Multipart(Part.Field("title", "A picture"), Part.File("picture", "one.png", new byte[1000], "image/png")));
}
