using Onrush.Cli.Options;

namespace Onrush.Cli.Tests.Options;

public sealed class OptionCatalogTests
{
    [Fact]
    public void No_two_options_share_a_name_a_letter_or_a_variable()
    {
        OptionCatalog.All.Select(option => option.Name).ShouldBeUnique();
        OptionCatalog.All.Select(option => option.Short).OfType<char>().ShouldBeUnique();
        OptionCatalog.All.Select(option => option.Environment).OfType<string>().ShouldBeUnique();
    }

    [Fact]
    public void The_catalog_lists_every_option_there_is() =>
        typeof(OptionCatalog).Assembly.GetTypes().Where(type => type.Namespace == typeof(OptionCatalog).Namespace)
            .SelectMany(type => type.GetFields()).Where(field => field.FieldType.IsAssignableTo(typeof(CommandOption))).Select(field => field.GetValue(null))
            .ShouldBe(OptionCatalog.All, ignoreOrder: true);

    [Fact]
    public void Options_that_take_a_value_say_what_stands_for_it()
    {
        foreach (CommandOption option in OptionCatalog.All)
            (option.Argument.Length > 0).ShouldBe(option.Arity != OptionArity.Flag, option.Name);
    }

    [Theory]
    [InlineData(80)]
    [InlineData(120)]
    public void The_help_is_as_checked_in(int width) => Golden.Check(HelpText.Render(OptionCatalog.All, width), $"help-{width}");
}
