namespace Nightjar.Sources;

/// <summary>The JSON objects at the beginning of a file.</summary>
internal static class JsonObjects
{
    /// <summary>The first whole objects, at most <paramref name="count"/>.</summary>
    public static IEnumerable<ReadOnlyMemory<byte>> Of(SourceHead head, int count)
    {
        var scanner = new JsonItemScanner();
        int at = 0, begin = 0;
        while (count > 0 && at < head.Bytes.Length)
        {
            var found = scanner.Scan(head.Bytes.Span, ref at, ref begin);
            if (found == ItemScan.More) yield break;
            count--;
            if (found == ItemScan.Item) yield return head.Bytes[begin..at];
        }
    }
}
