using Nightjar.Events;

namespace Nightjar.Sources.MobSf;

/// <summary>Calls as the API monitor of a Frida script writes them: objects, each with a comma behind it, or in an array.</summary>
/// <remarks>A capture of a laboratory: nothing that the app writes can change it. It names no app and states no times; its order is that of the calls.</remarks>
internal sealed class FridaMonitorReader : ISourceReader
{
    private const int RecordsToJudge = 10;

    public SourceFormat Format { get; } = new("frida-api-monitor", "API calls seen by Frida (MobSF API monitor)", PositionKind.Offset)
    {
        LogNames = ["MobileEDR:telemetry"],
        Yields = [EventClass.ModuleActivity],
        Platform = Platform.Android,
        IsOneDevice = true,
    };

    public SourceSession Open(SourceInput input) => new Session(input);

    public int Recognise(SourceHead head)
    {
        var record = new JsonRecord("class", "method", "arguments", "calledFrom");
        return JsonItems.MostAre(head, RecordsToJudge, item => record.TryRead(item) && ApiCallWriter.IsCall(record) && (record.Has(2) || record.Has(3))) ? 85 : 0;
    }

    private sealed class Session(SourceInput input) : JsonItemSession(input, isRootRecord: true)
    {
        private readonly ApiCallWriter _writer = new(input);

        protected override void OnItem(JsonItems items, EventBatch batch) => _writer.Write(items.Item, default, items.Offset, batch);
    }
}
