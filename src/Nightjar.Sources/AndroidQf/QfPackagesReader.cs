using Nightjar.Events;

namespace Nightjar.Sources.AndroidQf;

/// <summary>The installed packages (<c>packages.json</c>): files with their hashes, signers, installers. As of the acquisition; no times.</summary>
internal sealed class QfPackagesReader : QfJsonReader
{
    public override SourceFormat Format { get; } = new("androidqf-packages", "AndroidQF packages.json", PositionKind.Offset)
    {
        LogNames = ["Application Vetting"],
        Yields = [EventClass.SoftwareInfo],
        Platform = Platform.Android,
        IsOneDevice = true,
    };

    protected override QfWriter NewWriter(QfEvents? events) => new Writer(events);

    private sealed class Writer(QfEvents? events) : QfWriter
    {
        private const int NameAt = 0, InstallerAt = 1, UidAt = 2, SystemAt = 3, DisabledAt = 4, FilesAt = 5, ThirdPartyAt = 6;
        private const int PathAt = 0, HashAt = 1, VerifiedAt = 2, SignerAt = 3, OldSignerAt = 4, ErrorAt = 5;
        private const int Collect = 2;
        private const int MaxFiles = 256;

        private readonly JsonRecord _package = new("name", "installer", "uid", "system", "disabled", "files", "third_party");
        private readonly JsonRecord _file = new("path", "sha256", "verified_certificate", "certificate.Sha256", "certificate.sha256", "certificate_error");
        private readonly byte[] _signer = new byte[64];
        private readonly byte[] _base = new byte[4096];

        public override bool IsRecord(ReadOnlySpan<byte> json, string fileName) =>
            json[0] == (byte)'{' && _package.TryRead(json) && !_package.Text(NameAt).IsEmpty && _package.Has(FilesAt) && (_package.Has(InstallerAt) || _package.Has(ThirdPartyAt));

        public override bool TryWrite(ReadOnlySpan<byte> json, long offset, EventBatch batch)
        {
            if (json[0] != (byte)'{' || !_package.TryRead(json) || _package.Text(NameAt).IsEmpty) return false;
            if (!events!.TryBeginReported(batch, EventClass.SoftwareInfo, Collect, offset)) return true;
            var name = _package.Text(NameAt);
            QfEvents.NameApp(batch, name, AppGrade.Package);
            // The text "null" stands for a package that nobody claims to have installed.
            if (!MeaninglessText.Is(_package.Text(InstallerAt))) batch.Set(FieldId.InstallerUid, _package.Text(InstallerAt));
            if (_package.Flag(SystemAt) == true) batch.Current.State.InstallSource = InstallSource.System;
            if (_package.TryInteger(UidAt, out var uid) && uid > 0) batch.SetInteger(FieldId.EmitterUid, uid);
            WriteFiles(json, batch);
            if (!batch.IsSet(FieldId.AppSigner)) batch.Current.State.AppGrade = AppGrade.Package;
            else batch.Current.State.AppGrade = AppGrade.PackageAndSigner;
            batch.Current.Id = events.Key.Begin("qf package"u8).Add(json).Add(batch.Current.Time.Micros).ToId();
            if (batch.Current.App.IsNone) batch.Current.App = batch.Intern(name);
            batch.Commit();
            return true;
        }

        private void WriteFiles(ReadOnlySpan<byte> json, EventBatch batch)
        {
            using var stream = new MemoryStream(json.ToArray());
            using var files = new JsonItems(stream, false);
            int count = 0, unverified = 0, baseLength = 0, signerLength = 0;
            while (count < MaxFiles && files.Next(CancellationToken.None) is var found and not JsonFound.End)
            {
                if (found != JsonFound.Item || !files.Name(0).SequenceEqual("files"u8) || !_file.TryRead(files.Item)) continue;
                count++;
                FileHash.TryAdd(batch, _file.Text(HashAt), 64);
                var path = _file.Text(PathAt);
                if (path.Length <= _base.Length && (baseLength == 0 || path.EndsWith("/base.apk"u8))) (baseLength, _) = (path.Length, path.TryCopyTo(_base));
                var signer = _file.Text(_file.Text(SignerAt).IsEmpty ? OldSignerAt : SignerAt);
                if (_file.Flag(VerifiedAt) == false) unverified++;
                else if (signer.Length == _signer.Length) (signerLength, _) = (signer.Length, signer.TryCopyTo(_signer));
            }
            batch.Set(FieldId.FilePath, _base.AsSpan(0, baseLength));
            QfEvents.SetHash(batch, FieldId.AppSigner, _signer.AsSpan(0, signerLength));
            events!.Remark.Begin();
            if (_package.Flag(DisabledAt) == true) events.Remark.Add("disabled"u8, "true"u8);
            if (unverified > 0) events.Remark.Add("signature"u8, "not verified"u8).Add("error"u8, _file.Text(ErrorAt));
            batch.Set(FieldId.Message, events.Remark.ToSpan());
        }
    }
}
