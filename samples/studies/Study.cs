namespace Studies;

/// <summary>A document that is repeated.</summary>
/// <param name="name">Its number, or a word.</param>
/// <param name="title">What it is about.</param>
internal abstract class Study(string name, string title)
{
    public string Name => name;

    public string Title => title;

    /// <summary>Starts targets and load, says what is expected, and fills the page.</summary>
    public abstract Task RunAsync(StudyWork work);
}

/// <summary>The study cannot go on.</summary>
internal sealed class StudyException(string message) : Exception(message);
