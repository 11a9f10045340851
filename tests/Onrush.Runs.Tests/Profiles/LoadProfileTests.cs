using Onrush.Runs.Profiles;

namespace Onrush.Runs.Tests.Profiles;

public class LoadProfileTests
{
    [Theory]
    [InlineData("breakpoint:users=5000", "600 s to 5000")]
    [InlineData("breakpoint:users=500,time=1m", "60 s to 500")]
    [InlineData("stress:users=100,steps=2,time=100s", "5 s to 50, 45 s to 50, 5 s to 100, 45 s to 100")]
    [InlineData("spike:users=1000", "10 s to 100, 80 s to 100, 10 s to 1000, 110 s to 1000, 10 s to 100, 80 s to 100")]
    [InlineData("spike:users=1000,base=1,time=30s", "1 s to 1, 8 s to 1, 1 s to 1000, 11 s to 1000, 1 s to 1, 8 s to 1")]
    [InlineData("soak:users=200", "300 s to 200, 3300 s to 200")]
    [InlineData(" SOAK : users=200 , time=1m , ramp=20s ", "20 s to 200, 40 s to 200")]
    public void A_profile_is_a_course(string text, string course)
    {
        var profile = LoadProfile.Parse(text);
        string.Join(", ", profile.Stages.Select(s => FormattableString.Invariant($"{Math.Round(s.Duration.Value.TotalSeconds, 3)} s to {s.Target}"))).ShouldBe(course);
        profile.Executor.Fault().ShouldBeNull();
    }

    [Theory]
    [InlineData("spikes:users=1", "there are breakpoint, stress, spike, soak")]
    [InlineData("", "is no profile")]
    [InlineData("spike", "spike needs users")]
    [InlineData("spike:user=3", "is no setting of spike")]
    [InlineData("spike:steps=3", "is no setting of spike")]
    [InlineData("spike:users=0", "from 1 to 10,000,000")]
    [InlineData("spike:users=1.5", "from 1 to 10,000,000")]
    [InlineData("spike:users=1,users=2", "users is given twice")]
    [InlineData("spike:users=10,time=never", "length of time")]
    [InlineData("soak:users=10,time=10s,ramp=10s", "shorter than time")]
    public void Nonsense_is_refused_with_what_there_is(string text, string message) =>
        Should.Throw<FormatException>(() => LoadProfile.Parse(text)).Message.ShouldContain(message);
}
