namespace Onrush.Users;

/// <summary>What kind of value an option takes; the form chooses its field by it.</summary>
internal enum OptionKind
{
    Text,
    WholeNumber,
    Number,
    Switch,
    Duration,
    Choice,
    List,
}
