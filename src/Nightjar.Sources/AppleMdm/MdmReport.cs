using Nightjar.Events;
using Nightjar.Sources.PropertyList;

namespace Nightjar.Sources.AppleMdm;

/// <summary>Makes events of one answer of a device: lists of apps, facts of the device, or that it came and went.</summary>
internal sealed class MdmReport
{
    private readonly int _file;
    private readonly Instant? _arrival;
    private readonly MdmWriter _writer;
    private readonly AppLists _lists;
    private readonly Func<EventBatch> _batch;

    /// <param name="input">Where the answer was read.</param>
    /// <param name="batch">The batch under way.</param>
    public MdmReport(SourceInput input, Func<EventBatch> batch)
    {
        _file = input.File.Number;
        _arrival = input.ReferenceTime;
        _writer = new MdmWriter(_file);
        _lists = new AppLists(_writer, _file);
        _batch = batch;
    }

    /// <summary>Writes the events of a property list, one a step.</summary>
    /// <param name="root">The list.</param>
    /// <param name="position">Where it stands in the file; null when the file is nothing else.</param>
    /// <param name="received">When the server got it, where the file says so.</param>
    public IEnumerable<int> Write(ReportNode root, long? position, Instant? received = null)
    {
        _writer.Position = position;
        if (Answer(root, received) is not { } answer) yield break;
        var known = false;
        if (root.Has("InstalledApplicationList") && !root["InstalledApplicationList"].IsArray || root.Has("ManagedApplicationList") && !root["ManagedApplicationList"].IsDictionary)
            _batch().Report(AnomalyKind.BadValue, _file, position ?? 0, "A list of apps is not of the form that Apple documents.");
        if (root.Has("InstalledApplicationList"))
        {
            known = true;
            foreach (var step in _lists.WriteInstalled(answer, root["InstalledApplicationList"], _batch)) yield return step;
        }
        if (root.Has("ManagedApplicationList"))
        {
            known = true;
            foreach (var step in _lists.WriteManaged(answer, root["ManagedApplicationList"], _batch)) yield return step;
        }
        if (root.Has("QueryResponses")) WriteDevice(answer.With(root["QueryResponses"]), root["QueryResponses"]);
        else if (root.Has("SecurityInfo")) WriteSecurity(answer, root["SecurityInfo"]);
        else if (root.Has("MessageType")) WriteMessage(answer.With(root), root);
        else if (!known) WriteStatus(answer, root);
        yield return 0;
    }

    /// <summary>Writes the events of a report of declarative management, one a step.</summary>
    public IEnumerable<int> WriteStatus(ReportNode root, long position)
    {
        _writer.Position = position;
        var device = root["StatusItems"]["device"];
        if (_arrival is not { } time)
        {
            LackTime();
            yield break;
        }
        var family = device["model"]["identifier"].Text is { Length: > 0 } model ? model : device["model"]["family"].Text;
        var answer = new MdmAnswer(device["identifier"]["udid"].Text, "", time, TimeBasis.Reported) { Platform = MdmAnswer.PlatformOf(family) };
        foreach (var step in _lists.WriteDeclared(answer, root["StatusItems"]["app"]["managed"]["list"], _batch)) yield return step;
        foreach (var step in _lists.WriteDeclared(answer, root["StatusItems"]["mdm"]["app"], _batch)) yield return step;
        if (device.IsDictionary) WriteDeclaredDevice(answer, device, root["StatusItems"]["passcode"]);
        foreach (var error in root["Errors"].Items)
        {
            _writer.Remark.Begin();
            _writer.Say("item"u8, error["StatusItem"]).Say("code"u8, error["Reasons"].Items is [var reason, ..] ? reason["code"] : error["Reasons"]);
            WriteLine(answer, "StatusReportError"u8, error["StatusItem"].Text);
            yield return 0;
        }
    }

    private MdmAnswer? Answer(ReportNode root, Instant? received)
    {
        if (received is null && _arrival is null)
        {
            LackTime();
            return null;
        }
        var device = MdmAnswer.First(root, "UDID", "EnrollmentID");
        if (device.Length == 0) device = root["QueryResponses"]["UDID"].Text;
        return new MdmAnswer(device, root["CommandUUID"].Text, received ?? _arrival!.Value, received is null ? TimeBasis.Reported : TimeBasis.Stated)
        {
            IsManaged = root["MessageType"].Text != "CheckOut",
        };
    }

    private void LackTime() => _batch().Report(AnomalyKind.BadTime, _file, _writer.Position ?? 0, "Answers of managed devices state no time, and the file has none either.");

    private void WriteDevice(MdmAnswer answer, ReportNode facts)
    {
        _writer.Remark.Begin();
        _writer.Say("model"u8, facts["ProductName"]).Say("osVersion"u8, facts["OSVersion"]).Say("build"u8, facts["BuildVersion"]).Say("serial"u8, facts["SerialNumber"])
            .Say("hostName"u8, facts["HostName"]).Say("isSupervised"u8, facts["IsSupervised"]).Say("isMDMLostModeEnabled"u8, facts["IsMDMLostModeEnabled"])
            .Say("awaitingConfiguration"u8, facts["AwaitingConfiguration"]);
        Begin(answer, "DeviceInformation"u8);
        if (facts["IsSupervised"].Flag is { } isSupervised) _batch().Current.State.IsSupervised = TriLogic.Of(isSupervised);
        Commit(answer, "DeviceInformation"u8, "");
    }

    private void WriteSecurity(MdmAnswer answer, ReportNode facts)
    {
        _writer.Remark.Begin();
        _writer.Say("passcodePresent"u8, facts["PasscodePresent"]).Say("passcodeCompliant"u8, facts["PasscodeCompliant"])
            .Say("hardwareEncryptionCaps"u8, facts["HardwareEncryptionCaps"]).Say("enrolledViaDEP"u8, facts["ManagementStatus"]["EnrolledViaDEP"])
            .Say("isUserEnrollment"u8, facts["ManagementStatus"]["IsUserEnrollment"]);
        WriteLine(answer, "SecurityInfo"u8, "");
    }

    private void WriteMessage(MdmAnswer answer, ReportNode root)
    {
        _writer.Remark.Begin();
        _writer.Say("messageType"u8, root["MessageType"]).Say("model"u8, root["ProductName"]).Say("osVersion"u8, root["OSVersion"])
            .Say("build"u8, root["BuildVersion"]).Say("serial"u8, root["SerialNumber"]);
        WriteLine(answer, "CheckIn"u8, root["MessageType"].Text);
    }

    private void WriteStatus(MdmAnswer answer, ReportNode root)
    {
        _writer.Remark.Begin();
        _writer.Say("status"u8, root["Status"]).Say("requestType"u8, root["RequestType"]);
        if (root["ErrorChain"].Items is [var error, ..]) _writer.Say("error"u8, error["USEnglishDescription"].Text.Length > 0 ? error["USEnglishDescription"] : error["LocalizedDescription"]);
        WriteLine(answer, "CommandResult"u8, root["Status"].Text);
    }

    private void WriteDeclaredDevice(MdmAnswer answer, ReportNode device, ReportNode passcode)
    {
        var system = device["operating-system"];
        _writer.Remark.Begin();
        _writer.Say("model"u8, device["model"]["identifier"]).Say("family"u8, device["model"]["family"]).Say("osVersion"u8, system["version"])
            .Say("build"u8, system["build-version"]).Say("serial"u8, device["identifier"]["serial-number"])
            .Say("passcodePresent"u8, passcode["is-present"]).Say("passcodeCompliant"u8, passcode["is-compliant"]);
        WriteLine(answer, "StatusReport"u8, "device");
    }

    private void WriteLine(MdmAnswer answer, ReadOnlySpan<byte> tag, string subject)
    {
        Begin(answer, tag);
        Commit(answer, tag, subject);
    }

    private void Begin(MdmAnswer answer, ReadOnlySpan<byte> tag)
    {
        _writer.Begin(answer, EventClass.LogLine, 1, _batch());
        _batch().Set(FieldId.LogTag, tag);
    }

    private void Commit(MdmAnswer answer, ReadOnlySpan<byte> kind, string subject) => _writer.Commit(answer, kind, subject, _batch());
}
