namespace Nightjar.Events;

/// <summary>Fills in what a record leaves out and something else knows, such as the device that had an address at that time.</summary>
public interface IEventCompletion
{
    /// <summary>Completes the event under way in the batch. Called once for each event, before it becomes visible; must not commit or abandon it.</summary>
    void Complete(EventBatch batch);
}

/// <summary>A question about the fixed part of an event.</summary>
public delegate bool EventTest(in EventHeader header);
