namespace Nightjar.Knowledge;

/// <summary>One spelling for a function that instrumentation prints in many: with or without parameters, in Smali, with slashes,
/// with a library before it.</summary>
/// <remarks>
/// <c>Ldalvik/system/DexClassLoader;-&gt;&lt;init&gt;(Ljava/lang/String;)V</c>, <c>dalvik.system.DexClassLoader.$init</c> and
/// <c>dalvik/system/DexClassLoader.&lt;init&gt;</c> are <c>dalvik.system.DexClassLoader.&lt;init&gt;</c>; <c>libdl.so!dlopen</c> is <c>dlopen</c>;
/// <c>-[NSBundle load]</c> is <c>[NSBundle load]</c>.
/// </remarks>
internal static class FunctionName
{
    /// <summary>The longest text that is looked at.</summary>
    public const int MaxLength = 1024;

    /// <summary>The one spelling, without parameters; empty when the text names nothing.</summary>
    public static string Normal(string text)
    {
        var name = text.AsSpan(0, Math.Min(text.Length, MaxLength)).Trim();
        var bracket = name.IndexOf('[');
        if (bracket is 0 or 1 && name.IndexOf(']') > 0) return ObjectiveC(name[bracket..]);
        if (name.StartsWith("new ", StringComparison.Ordinal)) return Normal(string.Concat(Declared(name[4..]), ".<init>"));
        if (name.Length > 1 && name[0] == 'L' && name.IndexOf(';') > 0) return Smali(name[1..]);
        return Java(Declared(name));
    }

    // -[NSURLSession(Extra) downloadTaskWithURL:]
    private static string ObjectiveC(ReadOnlySpan<char> name)
    {
        name = name[1..name.IndexOf(']')].Trim();
        var space = name.IndexOf(' ');
        if (space < 0) return "";
        var type = name[..space];
        var category = type.IndexOf('(');
        if (category > 0) type = type[..category];
        return $"[{type} {name[(space + 1)..].Trim()}]";
    }

    // java/lang/Class;->forName(Ljava/lang/String;)Ljava/lang/Class; with the L cut off; some tools print a space for the arrow.
    private static string Smali(ReadOnlySpan<char> name)
    {
        var end = name.IndexOf(';');
        var method = name[(end + 1)..].TrimStart('-').TrimStart('>').TrimStart(" .");
        return Java($"{name[..end]}.{Declared(method)}");
    }

    // Parameters, and what stands before the name in a printed declaration: "public static java.lang.Class java.lang.Class.forName".
    private static ReadOnlySpan<char> Declared(ReadOnlySpan<char> name)
    {
        var end = name.IndexOf('(');
        if (end >= 0) name = name[..end].TrimEnd();
        if (name.EndsWith(".overload", StringComparison.Ordinal)) name = name[..^".overload".Length];
        var space = name.LastIndexOf(' ');
        return space < 0 ? name : name[(space + 1)..];
    }

    private static string Java(ReadOnlySpan<char> name)
    {
        var library = name.LastIndexOfAny('!', '`');
        if (library >= 0) name = name[(library + 1)..];
        var version = name.IndexOf('@');
        if (version > 0) name = name[..version];
        if (name.IndexOfAny('.', '/') < 0) return Native(name);
        var plain = name.ToString().Replace("->", ".", StringComparison.Ordinal).Replace("::", ".", StringComparison.Ordinal)
            .Replace('/', '.').Replace('#', '.').Replace(".$init", ".<init>", StringComparison.Ordinal).Replace(".$new", ".<init>", StringComparison.Ordinal)
            .Replace('$', '.').Replace("..", ".", StringComparison.Ordinal);
        return Constructor(plain);
    }

    // A constructor printed under its class's name: java.net.Socket.Socket.
    private static string Constructor(string name)
    {
        var last = name.LastIndexOf('.');
        var before = last <= 0 ? -1 : name.LastIndexOf('.', last - 1);
        var method = name.AsSpan(last + 1);
        return before >= 0 && char.IsAsciiLetterUpper(method.Length > 0 ? method[0] : ' ') && name.AsSpan(before + 1, last - before - 1).SequenceEqual(method)
            ? $"{name[..last]}.<init>" : name;
    }

    // Mach-O prints C functions with a leading underscore; C's own names with two are kept.
    private static string Native(ReadOnlySpan<char> name) =>
        (name.Length > 1 && name[0] == '_' && name[1] != '_' ? name[1..] : name).ToString();
}
