using System.Globalization;

namespace Rexecd;

/// <content>Where a dialect comes from: its file, and entries put over it.</content>
public sealed partial class Dialect
{
    /// <summary>Loads a built-in dialect, and puts the entries of a file of the same format over it.</summary>
    /// <param name="name">One of <see cref="Names"/>.</param>
    /// <param name="overrideFile">Path of a dialect file, which may have any part of the entries; or null.</param>
    /// <exception cref="FileFormatException">Unknown dialect, unreadable file, unknown key or value.</exception>
    public static Dialect Load(string name, string? overrideFile = null)
    {
        Dialect dialect = DialectFile.LoadBuiltIn(name);
        return overrideFile is null ? dialect : DialectFile.Override(dialect, YamlFile.Read(overrideFile));
    }

    /// <summary>This dialect with one entry changed.</summary>
    /// <param name="entry">Name of the entry.</param>
    /// <param name="value">The value as a dialect file writes it (<see cref="DialectEntry.Value"/>).</param>
    /// <exception cref="FileFormatException">Unknown entry or value.</exception>
    public Dialect With(string entry, string value) => WithYaml($"{entry}: {value}\n");

    /// <summary>
    /// This dialect with another longest command, found by a classic reader (facts 2.6): for servers whose limit is the
    /// argument list of the system, as configured (SCO, Solaris, illumos).
    /// </summary>
    /// <param name="characters">Longest accepted number of characters, without the NUL.</param>
    public Dialect WithCommandLimit(int characters) => WithYaml(
        string.Create(CultureInfo.InvariantCulture, $"command.limit: {characters}\ncommand.error-at-byte: {characters + 2}\n"));

    /// <summary>This dialect with entries of a dialect file's text put over it.</summary>
    /// <exception cref="FileFormatException">Unknown key or value.</exception>
    public Dialect WithYaml(string text) => DialectFile.Override(this, YamlFile.Parse("override", text));

    internal Dialect Copy(string? name = null)
    {
        var copy = (Dialect)MemberwiseClone();
        copy.Name = name ?? Name;
        copy.Username = Username.Copy();
        copy.Password = Password.Copy();
        copy.Command = Command.Copy();
        return copy;
    }

    internal bool EntersHomeAsUser => HomeCheck == Stage.AfterStatus || HomeAs == HomeAs.User;

    internal FieldRules Rules(Field field) => field switch
    {
        Field.Username => Username,
        Field.Password => Password,
        Field.Command => Command,
        _ => throw new ArgumentOutOfRangeException(nameof(field)),
    };
}
