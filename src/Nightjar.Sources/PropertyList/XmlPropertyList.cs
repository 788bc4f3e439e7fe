using System.Text;
using System.Xml;

namespace Nightjar.Sources.PropertyList;

/// <summary>Property lists in XML. No definition and no entity is followed.</summary>
internal static class XmlPropertyList
{
    private const int MaxText = 1 << 20;

    private static readonly XmlReaderSettings Settings = new()
    {
        DtdProcessing = DtdProcessing.Ignore,
        XmlResolver = null,
        IgnoreComments = true,
        IgnoreProcessingInstructions = true,
        IgnoreWhitespace = true,
    };

    /// <summary>Reads a list, or as much of it as there is.</summary>
    /// <param name="bytes">The file, in UTF-8.</param>
    public static ReportTree Read(ReadOnlySpan<byte> bytes)
    {
        var builder = new ReportBuilder();
        // From text, so that the encoding that the file declares, and may no longer have, is not asked.
        using var reader = XmlReader.Create(new StringReader(Encoding.UTF8.GetString(bytes)), Settings);
        try
        {
            while (reader.Read())
                if (!Take(reader, builder)) return BrokenOff(builder, "The property list is nested too deep or too long; the rest was not read.", false);
        }
        catch (XmlException e)
        {
            var isCut = bytes.TrimEnd(" \t\r\n"u8).EndsWith("</plist>"u8) is false;
            return BrokenOff(builder, $"Line {e.LineNumber} of the property list is not as XML should be; what came before was read.", isCut);
        }
        return builder.Root is null ? new ReportTree(null, "The property list is empty.", false) : new ReportTree(builder.Root, null, false);
    }

    private static bool Take(XmlReader reader, ReportBuilder builder)
    {
        if (reader.NodeType == XmlNodeType.EndElement && reader.Name is "dict" or "array") builder.Close();
        if (reader.NodeType != XmlNodeType.Element) return true;
        switch (reader.Name)
        {
            case "dict":
                return Open(reader, builder, ReportNode.NewDictionary());
            case "array":
                return Open(reader, builder, ReportNode.NewArray());
            case "key":
                builder.Key(TextOf(reader));
                return true;
            case "string" or "integer" or "real" or "date":
                return builder.Add(new ReportNode { Text = TextOf(reader).Trim() });
            case "true" or "false":
                return builder.Add(new ReportNode { Flag = reader.Name == "true" });
            case "data":
                return builder.Add(new ReportNode { Data = BytesOf(TextOf(reader)) });
            default:
                return true;
        }
    }

    private static bool Open(XmlReader reader, ReportBuilder builder, ReportNode container)
    {
        if (!builder.Open(container)) return false;
        if (reader.IsEmptyElement) builder.Close();
        return true;
    }

    // Moves to the element's end and no further, so that the next read finds what follows.
    private static string TextOf(XmlReader reader)
    {
        if (reader.IsEmptyElement) return "";
        var text = new StringBuilder();
        for (var depth = reader.Depth; reader.Read() && reader.Depth > depth;)
            if (reader.NodeType is XmlNodeType.Text or XmlNodeType.CDATA && text.Length < MaxText) text.Append(reader.Value);
        return text.ToString();
    }

    private static byte[] BytesOf(string text)
    {
        var bytes = new byte[text.Length];
        return Convert.TryFromBase64String(text, bytes, out var length) ? bytes[..length] : [];
    }

    private static ReportTree BrokenOff(ReportBuilder builder, string problem, bool isCut)
    {
        builder.BreakOff();
        return new ReportTree(builder.Root, problem, isCut);
    }
}
