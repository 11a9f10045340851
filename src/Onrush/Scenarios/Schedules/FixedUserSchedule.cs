namespace Onrush.Scenarios;

/// <summary>All users start at once and stay to the regular end.</summary>
internal sealed class FixedUserSchedule(int users, long regularEndNs) : IUserSchedule
{
    public int MostUsers => users;

    public long Steps => users;

    public long RegularEndNs => regularEndNs;

    public UserStep Step(long i) => new(0, (int)i, Start: true);

    public int UsersAt(long elapsedNs) => elapsedNs < 0 ? 0 : users;
}
