using Nightjar.Events;

namespace Nightjar.Sources.Identity.Joining;

/// <summary>What the contacts beside one say of its app. A connection of one app decides; else a place that one app alone went to.</summary>
internal sealed class Verdict
{
    private OneApp _connection;
    private OneApp _destination;

    /// <summary>By what the app was found; <see cref="AppBasis.Stated"/> when it was not.</summary>
    public AppBasis Basis => _connection.IsOne ? AppBasis.Connection : _connection.IsNone && _destination.IsOne && !IsIncomplete ? AppBasis.Destination : AppBasis.Stated;

    /// <summary>True when others may have been there of whom nothing is known any more.</summary>
    public bool IsIncomplete { get; set; }

    /// <summary>True when apps were found and they differ, or may.</summary>
    public bool IsAmbiguous => !_destination.IsNone && Basis == AppBasis.Stated;

    /// <summary>The app; none when it was not found.</summary>
    public Symbol App => Found.App;

    /// <summary>How surely the best record names it.</summary>
    public AppGrade Grade => Found.Grade;

    private OneApp Found => Basis switch { AppBasis.Connection => _connection, AppBasis.Destination => _destination, _ => default };

    public void Clear()
    {
        _connection = _destination = default;
        IsIncomplete = false;
    }

    public void AddConnection(Symbol app, AppGrade grade)
    {
        _connection.Add(app, grade);
        _destination.Add(app, grade);
    }

    public void AddDestination(Symbol app, AppGrade grade) => _destination.Add(app, grade);

    /// <summary>An app, as long as nobody names another.</summary>
    private struct OneApp
    {
        private bool _isTorn;

        public Symbol App { get; private set; }

        public AppGrade Grade { get; private set; }

        public readonly bool IsNone => App.IsNone;

        public readonly bool IsOne => !App.IsNone && !_isTorn;

        public void Add(Symbol app, AppGrade grade)
        {
            if (App.IsNone) (App, Grade) = (app, grade);
            else if (App != app) _isTorn = true;
            else if (grade < Grade) Grade = grade;
        }
    }
}
