namespace Nightjar.Events;

/// <summary>What many events have in common beside their values: of what kind they are, from which file, and which fields they have. Each is told by a small number.</summary>
internal sealed class EventShapes
{
    /// <summary>Most that are kept; an event of another shape tells it itself.</summary>
    public const int Most = 4096;

    private EventHeader[] _shapes = [];
    private int[] _places = new int[64];

    /// <summary>How many there are.</summary>
    public int Count { get; private set; }

    /// <summary>The number of an event's shape, from 1; 0 when there is no room for it.</summary>
    public int Of(in EventHeader header)
    {
        var last = _places.Length - 1;
        for (var place = Home(in header) & last; ; place = place + 1 & last)
        {
            var number = _places[place];
            if (number == 0) return Count == Most ? 0 : Add(in header);
            if (AreSame(in _shapes[number - 1], in header)) return number;
        }
    }

    /// <summary>A header of a shape, in which nothing else is told.</summary>
    public ref readonly EventHeader this[int number] => ref _shapes[number - 1];

    private int Add(in EventHeader header)
    {
        if (Count == _shapes.Length) Array.Resize(ref _shapes, Math.Max(16, Count * 2));
        _shapes[Count++] = new EventHeader
        {
            Class = header.Class, Activity = header.Activity, ClassUid = header.ClassUid, Platform = header.Platform, LogName = header.LogName, File = header.File,
            MaskLow = header.MaskLow, MaskHigh = header.MaskHigh,
        };
        if (Count * 2 <= _places.Length) Place(Count);
        else Grow();
        return Count;
    }

    private void Grow()
    {
        _places = new int[_places.Length * 2];
        for (var number = 1; number <= Count; number++) Place(number);
    }

    private void Place(int number)
    {
        var last = _places.Length - 1;
        var place = Home(in _shapes[number - 1]) & last;
        while (_places[place] != 0) place = place + 1 & last;
        _places[place] = number;
    }

    private static bool AreSame(in EventHeader a, in EventHeader b) =>
        a.MaskLow == b.MaskLow && a.MaskHigh == b.MaskHigh && a.Class == b.Class && a.Activity == b.Activity && a.File == b.File && a.LogName == b.LogName
        && a.ClassUid == b.ClassUid && a.Platform == b.Platform;

    private static int Home(in EventHeader header)
    {
        var kinds = (ulong)(uint)header.File << 32 | (ulong)header.Class << 24 | (ulong)header.Platform << 16 | header.Activity;
        return (int)((header.MaskLow * 0x9E37_79B9_7F4A_7C15 ^ header.MaskHigh * 0xC2B2_AE3D_27D4_EB4F ^ kinds * 0xBF58_476D_1CE4_E5B9 ^ (ulong)header.LogName.Id << 40) >> 40);
    }
}
