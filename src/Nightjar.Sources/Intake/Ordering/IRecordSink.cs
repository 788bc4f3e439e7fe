using Nightjar.Events;

namespace Nightjar.Sources.Intake.Ordering;

/// <summary>Takes events as records.</summary>
internal interface IRecordSink
{
    /// <summary>Keeps a copy of an event.</summary>
    void Add(in EventView view);
}
