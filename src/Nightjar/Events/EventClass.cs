namespace Nightjar.Events;

/// <summary>The kinds of event that Nightjar knows, numbered densely so that tables over them are small.</summary>
/// <remarks>The OCSF number is <see cref="EventClasses.Uid"/>. <see cref="Other"/> keeps what no analytic asks for yet.</remarks>
public enum EventClass : byte
{
    Other = 0,
    FileActivity,
    KernelDecision,
    MemoryActivity,
    ModuleActivity,
    ScheduledJob,
    ProcessActivity,
    UserAccess,
    NetworkActivity,
    HttpActivity,
    DnsActivity,
    SoftwareInfo,
    ApplicationLifecycle,
    SensorUse,
    MobileState,
    LogLine,
}

/// <summary>Class numbers, names and the ATT&amp;CK data components that each fills (contract §1).</summary>
public static class EventClasses
{
    /// <summary>OCSF's number, in every class, for an activity that the class has no number for.</summary>
    public const int OtherActivity = 99;

    private static readonly (int Uid, string Name)[] Known =
    [
        (0, "other"), (1001, "file_activity"), (1003, "kernel_activity"), (1004, "memory_activity"), (1005, "module_activity"),
        (1006, "scheduled_job_activity"), (1007, "process_activity"), (3005, "user_access"), (4001, "network_activity"),
        (4002, "http_activity"), (4003, "dns_activity"), (5020, "software_info"), (6002, "application_lifecycle"),
        (99901001, "sensor_use"), (99906001, "mobile_state"), (99906002, "log_line"),
    ];

    /// <summary>Number of classes, <see cref="EventClass.Other"/> included.</summary>
    public static int Count => Known.Length;

    /// <summary>The OCSF class_uid; 0 for <see cref="EventClass.Other"/>.</summary>
    public static int Uid(this EventClass value) => Known[(int)value].Uid;

    /// <summary>The OCSF class name.</summary>
    public static string Name(this EventClass value) => Known[(int)value].Name;

    /// <summary>The class of an OCSF class_uid; <see cref="EventClass.Other"/> when Nightjar has none for it.</summary>
    public static EventClass FromUid(long uid) => uid switch
    {
        1001 => EventClass.FileActivity,
        1003 => EventClass.KernelDecision,
        1004 => EventClass.MemoryActivity,
        1005 => EventClass.ModuleActivity,
        1006 => EventClass.ScheduledJob,
        1007 => EventClass.ProcessActivity,
        3005 => EventClass.UserAccess,
        4001 => EventClass.NetworkActivity,
        4002 => EventClass.HttpActivity,
        4003 => EventClass.DnsActivity,
        5020 => EventClass.SoftwareInfo,
        6002 => EventClass.ApplicationLifecycle,
        99901001 => EventClass.SensorUse,
        99906001 => EventClass.MobileState,
        99906002 => EventClass.LogLine,
        _ => EventClass.Other,
    };

    /// <summary>The data components that events of this class fill, whatever their activity.</summary>
    public static DataComponents Components(EventClass value) =>
        Enumerable.Range(0, OtherActivity + 1).Aggregate(DataComponents.None, (sum, activity) => sum | Components(value, activity));

    /// <summary>The data components that an event of this class and activity fills.</summary>
    public static DataComponents Components(EventClass value, int activity) => value switch
    {
        // A sum over all of a day's connections is of this class too, and shows none of them.
        EventClass.NetworkActivity when activity == OtherActivity => DataComponents.None,
        EventClass.NetworkActivity => DataComponents.NetworkTrafficContent | DataComponents.NetworkTrafficFlow | DataComponents.NetworkConnectionCreation,
        EventClass.HttpActivity or EventClass.DnsActivity => DataComponents.NetworkTrafficContent,
        EventClass.FileActivity => activity switch
        {
            1 => DataComponents.FileCreation,
            2 => DataComponents.FileAccess,
            4 => DataComponents.FileDeletion,
            3 or 5 => DataComponents.FileModification,
            _ => DataComponents.None,
        },
        EventClass.ModuleActivity => activity == 3 ? DataComponents.OsApiExecution : DataComponents.ModuleLoad,
        EventClass.MemoryActivity or EventClass.KernelDecision or EventClass.SensorUse => DataComponents.OsApiExecution,
        EventClass.ScheduledJob => DataComponents.ScheduledJobCreation,
        EventClass.ProcessActivity => DataComponents.ProcessCreation,
        EventClass.ApplicationLifecycle => DataComponents.ApplicationPermission | DataComponents.ApplicationState,
        EventClass.SoftwareInfo or EventClass.UserAccess => DataComponents.ApplicationPermission,
        EventClass.MobileState => DataComponents.ApplicationState,
        EventClass.LogLine => DataComponents.ApplicationLogContent,
        _ => DataComponents.None,
    };
}
