using Nightjar.Events;
using Nightjar.Sources.PropertyList;

namespace Nightjar.Sources.Mvt;

/// <summary>What a module of the Mobile Verification Toolkit found: one JSON array a module. Its results are read, its verdicts are not.</summary>
internal sealed class MvtModuleReader : ISourceReader
{
    private const int ItemsToJudge = 5;

    public SourceFormat Format { get; } = new("mvt-module", "MVT module results", PositionKind.Offset)
    {
        LogNames = ["iOS:unifiedlog", "android:logcat"],
        Yields = [EventClass.NetworkActivity, EventClass.UserAccess, EventClass.SoftwareInfo, EventClass.ApplicationLifecycle, EventClass.SensorUse, EventClass.LogLine],
        IsOneDevice = true,
    };

    public SourceSession Open(SourceInput input) => new ModuleSession(input);

    public int Recognise(SourceHead head)
    {
        if (!head.Bytes.Span.TrimStart(" \t\r\n"u8).StartsWith("["u8)) return 0;
        int known = 0, others = 0;
        foreach (var item in JsonObjects.Of(head, ItemsToJudge))
        {
            if (JsonReport.Read(item.Span) is { } result && MvtModule.Of(result) is not null) known++;
            else others++;
        }
        if (known > 0 && known >= others) return 80;
        return UnusedModules.Why(head.Name) is null ? 0 : 40;
    }

    private sealed class ModuleSession : JsonObjectSession
    {
        private readonly MvtWriter _writer;
        private readonly string? _why;
        private bool _isTold;

        public ModuleSession(SourceInput input)
            : base(input)
        {
            _writer = new MvtWriter(input, () => Batch);
            _why = UnusedModules.Why(input.File.Path);
        }

        protected override void OnItem(ReadOnlySpan<byte> item, long offset, EventBatch batch)
        {
            if (JsonReport.Read(item) is not { } result)
            {
                batch.Report(AnomalyKind.Malformed, File, offset, "The result is not a JSON object.");
            }
            else if (_why is null && MvtModule.Of(result) is { } module)
            {
                (_writer.Platform, _writer.Position) = (module.Platform, offset);
                GoOn(module.Write(result, _writer));
            }
            else if (!_isTold)
            {
                _isTold = true;
                batch.Report(AnomalyKind.UnknownKind, File, offset, $"The results of this module of MVT are not used: {_why ?? "Nightjar does not know what they mean"}.");
            }
        }
    }
}
