using Onrush.Tests.Users;
using Onrush.Users;

namespace Onrush.Tests.Data;

/// <summary>Users that only take rows.</summary>
public static class Takers
{
    public class Taker : User
    {
        [Task]
        public void Nothing()
        {
        }
    }

    /// <summary>A user of a run, attached as a roster does it.</summary>
    internal static Taker New(RunScope scope, long number = 1, ulong seed = 7)
    {
        var user = new Taker { Scope = scope };
        user.Attach(new FakeRuntime(), UserClass.Read(typeof(Taker)), number, seed);
        return user;
    }

    /// <summary>Takes rows until there is none.</summary>
    public static List<T> TakeAll<T>(this Feeder<T> feeder, User user)
    {
        List<T> rows = [];
        try
        {
            while (true)
                rows.Add(feeder.Next(user));
        }
        catch (StopUserException)
        {
            return rows;
        }
    }
}
