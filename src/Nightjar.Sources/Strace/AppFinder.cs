using Nightjar.Sources.Android;

namespace Nightjar.Sources.Strace;

/// <summary>Finds out whose trace it is: an app can write in its own private folder only.</summary>
internal sealed class AppFinder
{
    /// <summary>The app; empty while nothing hints at one.</summary>
    public byte[] App { get; private set; } = [];

    /// <summary>True when it wrote in its folder; false when it only read there, as others may.</summary>
    public bool IsProven { get; private set; }

    /// <summary>Looks at a line of the trace.</summary>
    public void Look(in StraceLine line)
    {
        if (IsProven || line.Kind != StraceKind.Call || line.Result.StartsWith("-1"u8) || line.Result.StartsWith("?"u8)) return;
        var quote = line.Arguments.IndexOf("\"/"u8);
        if (quote < 0) return;
        var owner = AndroidPath.PrivateOwner(line.Arguments[(quote + 1)..]);
        if (owner.IsEmpty) return;
        if (Writes(in line))
        {
            App = owner.ToArray();
            IsProven = true;
        }
        else if (App.Length == 0 && !owner.StartsWith("com.google.android."u8) && !owner.StartsWith("com.android."u8))
        {
            App = owner.ToArray();
        }
    }

    private static bool Writes(in StraceLine line)
    {
        if (line.Name.StartsWith("open"u8))
            return line.Arguments.IndexOf("O_CREAT"u8) >= 0 || line.Arguments.IndexOf("O_WRONLY"u8) >= 0 || line.Arguments.IndexOf("O_RDWR"u8) >= 0;
        return line.Name.StartsWith("creat"u8) || line.Name.StartsWith("mkdir"u8) || line.Name.StartsWith("unlink"u8) || line.Name.StartsWith("rename"u8)
            || line.Name.StartsWith("chmod"u8) || line.Name.StartsWith("fchmodat"u8);
    }
}
