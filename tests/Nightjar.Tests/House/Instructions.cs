using System.Reflection;
using System.Reflection.Emit;
using System.Reflection.Metadata;
using System.Reflection.Metadata.Ecma335;

namespace Nightjar.Tests.House;

/// <summary>Finds the types and members that the instructions of a method name.</summary>
internal static class Instructions
{
    private static readonly Dictionary<ushort, OperandType> Operands = typeof(OpCodes)
        .GetFields(BindingFlags.Public | BindingFlags.Static)
        .Select(field => (OpCode)field.GetValue(null)!)
        .ToDictionary(code => (ushort)code.Value, code => code.OperandType);

    public static IEnumerable<EntityHandle> TokensOf(BlobReader body)
    {
        var tokens = new List<EntityHandle>();
        while (body.RemainingBytes > 0)
        {
            ushort code = body.ReadByte();
            if (code == 0xFE) code = (ushort)(0xFE00 | body.ReadByte());
            var operand = Operands[code];
            if (operand is OperandType.InlineType or OperandType.InlineMethod or OperandType.InlineField or OperandType.InlineTok)
                tokens.Add(MetadataTokens.EntityHandle(body.ReadInt32()));
            else
                body.Offset += SizeOf(operand, body);
        }
        return tokens;
    }

    private static int SizeOf(OperandType operand, BlobReader body) => operand switch
    {
        OperandType.InlineNone => 0,
        OperandType.ShortInlineBrTarget or OperandType.ShortInlineI or OperandType.ShortInlineVar => 1,
        OperandType.InlineVar => 2,
        OperandType.InlineI8 or OperandType.InlineR => 8,
        OperandType.InlineSwitch => 4 + 4 * body.ReadInt32(),
        _ => 4,
    };
}
