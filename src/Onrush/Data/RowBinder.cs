using System.Reflection;
using Onrush.Users;

namespace Onrush.Data;

/// <summary>
/// Makes objects of CSV rows: by the public constructor with the most parameters, and by settable properties for the columns that are left. Names match in
/// any case and without regard to <c>_</c>, <c>-</c> and spaces; columns that nothing is named after are not read.
/// </summary>
internal sealed class RowBinder<T>
{
    private readonly DataFile _file;
    private readonly string[] _columns;
    private readonly ConstructorInfo? _constructor;
    private readonly (int Column, ReadCell? Read, Type Type, object? Default)[] _parameters = [];
    private readonly (int Column, ReadCell Read, PropertyInfo Property)[] _properties = [];
    private readonly ReadCell? _single;
    private readonly TextPool[] _pools;

    /// <exception cref="LoadTestException">The columns do not fit the type.</exception>
    public RowBinder(DataFile file, string[] columns)
    {
        _file = file;
        _columns = columns;
        _pools = [.. columns.Select(_ => new TextPool())];
        if (CellReader.Of(typeof(T)) is { } single)
        {
            _single = columns.Length == 1
                ? single
                : throw file.Refused(1, $"{typeof(T).DisplayName()} is one value, but there are {columns.Length} columns ({string.Join(", ", columns)}); read a record with one property for each");
            return;
        }

        _constructor = typeof(T).GetConstructors().Where(c => !IsCopy(c)).MaxBy(c => c.GetParameters().Length);
        if (_constructor is null && !typeof(T).IsValueType)
            throw new LoadTestException($"{typeof(T).DisplayName()} has no public constructor: rows of {file.Name} cannot be made of it.");
        _parameters = [.. (_constructor?.GetParameters() ?? []).Select(Parameter)];
        var taken = _parameters.Select(parameter => parameter.Column).ToHashSet();
        _properties = [.. typeof(T).GetProperties(BindingFlags.Instance | BindingFlags.Public)
            .Where(property => property.SetMethod is { IsPublic: true } && property.GetIndexParameters().Length == 0)
            .Select(property => (Column: ColumnOf(property.Name), Property: property))
            .Where(pair => pair.Column >= 0 && !taken.Contains(pair.Column))
            .Select(pair => (pair.Column, ReaderOf(pair.Property.PropertyType, pair.Column), pair.Property))];
        if (_parameters.All(parameter => parameter.Column < 0) && _properties.Length == 0)
            throw file.Refused(1, $"no column ({string.Join(", ", columns)}) is named after anything of {typeof(T).DisplayName()}");
    }

    /// <summary>Makes an object of the record.</summary>
    /// <exception cref="LoadTestException">A value does not fit.</exception>
    public T Bind(CsvReader record)
    {
        if (_single is not null)
            return (T)Value(record, 0, _single, typeof(T))!;
        var arguments = new object?[_parameters.Length];
        for (var i = 0; i < arguments.Length; i++)
        {
            var (column, read, type, ifMissing) = _parameters[i];
            arguments[i] = read is null ? ifMissing : Value(record, column, read, type);
        }

        try
        {
            object row = _constructor is null ? Activator.CreateInstance<T>()! : _constructor.Invoke(BindingFlags.DoNotWrapExceptions, null, arguments, null);
            foreach (var (column, read, property) in _properties)
                property.SetValue(row, Value(record, column, read, property.PropertyType), BindingFlags.DoNotWrapExceptions, null, null, null);
            return (T)row;
        }
        catch (Exception e) when (e is not LoadTestException)
        {
            throw _file.Refused(record.Line, $"{typeof(T).DisplayName()} refuses the row: {e.GetType().Name}: {e.Message.ReplaceLineEndings(" ")}");
        }
    }

    private static bool IsCopy(ConstructorInfo constructor) => constructor.GetParameters() is [var only] && only.ParameterType == typeof(T);

    private (int Column, ReadCell? Read, Type Type, object? Default) Parameter(ParameterInfo parameter)
    {
        var column = ColumnOf(parameter.Name!);
        if (column >= 0)
            return (column, ReaderOf(parameter.ParameterType, column), parameter.ParameterType, null);
        if (parameter.HasDefaultValue)
            return (-1, null, parameter.ParameterType, parameter.DefaultValue);
        throw _file.Refused(1, $"there is no column {parameter.Name}, which {typeof(T).DisplayName()} needs (there is {string.Join(", ", _columns)}){Suggestion.For(parameter.Name!, _columns)}");
    }

    private ReadCell ReaderOf(Type type, int column) => CellReader.Of(type)
        ?? throw _file.Refused(1, $"the column {_columns[column]} cannot be read as a {type.DisplayName()}; use a text, a number, a date or an enumeration");

    private int ColumnOf(string name) => Array.FindIndex(_columns, column => Plain(column).Equals(Plain(name), StringComparison.OrdinalIgnoreCase));

    private static string Plain(string name) => string.Concat(name.Where(c => c is not ('_' or '-' or ' ')));

    private object? Value(CsvReader record, int column, ReadCell read, Type type)
    {
        var text = _pools[column].Text(record[column]);
        return read(text, out var value)
            ? value
            : throw _file.Refused(record.Line, $"the column {_columns[column]} has '{text}', which is no {(Nullable.GetUnderlyingType(type) ?? type).DisplayName()}");
    }
}
