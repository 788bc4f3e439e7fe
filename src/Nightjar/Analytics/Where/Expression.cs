namespace Nightjar.Analytics.Where;

/// <summary>An expression as written, before its names have a meaning.</summary>
/// <param name="At">Where it begins in the text, from 0.</param>
internal abstract record Expression(int At);

internal sealed record NameExpression(int At, string Name) : Expression(At);

internal sealed record NumberExpression(int At, double Value) : Expression(At);

internal sealed record TextExpression(int At, string Value) : Expression(At);

internal sealed record TruthExpression(int At, bool Value) : Expression(At);

internal sealed record ListExpression(int At, IReadOnlyList<string> Items) : Expression(At);

internal sealed record CallExpression(int At, string Name, IReadOnlyList<Expression> Arguments) : Expression(At);

internal sealed record NotExpression(int At, Expression Operand) : Expression(At);

internal sealed record BinaryExpression(int At, string Operator, Expression Left, Expression Right) : Expression(At);
