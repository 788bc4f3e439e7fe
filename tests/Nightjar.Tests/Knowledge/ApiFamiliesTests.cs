using Nightjar.Knowledge;
using Xunit;

namespace Nightjar.Tests.Knowledge;

public sealed class ApiFamiliesTests
{
    private static readonly ApiFamilies Families = ReferenceData.Shipped.ApiFamilies;

    [Theory]
    [InlineData("dalvik.system.DexClassLoader.<init>")]
    [InlineData("dalvik.system.DexClassLoader.$init")]
    [InlineData("dalvik.system.DexClassLoader.$new")]
    [InlineData("dalvik.system.DexClassLoader.DexClassLoader")]
    [InlineData("new dalvik.system.DexClassLoader(java.lang.String, java.lang.String)")]
    [InlineData("dalvik/system/DexClassLoader.<init>")]
    [InlineData("dalvik/system/DexClassLoader/<init>")]
    [InlineData("dalvik.system.DexClassLoader#<init>")]
    [InlineData("dalvik.system.DexClassLoader::<init>")]
    [InlineData("dalvik.system.DexClassLoader-><init>")]
    [InlineData("Ldalvik/system/DexClassLoader;-><init>(Ljava/lang/String;Ljava/lang/String;Ljava/lang/String;Ljava/lang/ClassLoader;)V")]
    [InlineData("Ldalvik/system/DexClassLoader; <init> (Ljava/lang/String; Ljava/lang/String;)V")]
    [InlineData("dalvik.system.DexClassLoader.$init.overload('java.lang.String', 'java.lang.String')")]
    [InlineData("  dalvik.system.DexClassLoader.<init>(String, String, String, ClassLoader)  ")]
    [InlineData("dlopen")]
    [InlineData("_dlopen")]
    [InlineData("dlopen(\"/data/data/a/files/x.so\", 2)")]
    [InlineData("libdl.so!dlopen")]
    [InlineData("/apex/com.android.runtime/lib64/bionic/libdl.so!dlopen")]
    [InlineData("dlopen@@LIBC")]
    [InlineData("libdyld.dylib`dlopen")]
    [InlineData("-[NSBundle load]")]
    [InlineData("[NSBundle load]")]
    [InlineData("-[NSBundle(Plug) load]")]
    public void Every_spelling_of_a_function_is_the_same_function(string function) => Assert.Equal(["code.load"], Families.FamiliesOf(function));

    [Theory]
    [InlineData("java.security.KeyPairGenerator.generateKeyPair", "crypto.key.generate")]
    [InlineData("java.security.KeyPairGenerator$Delegate.generateKeyPair", "crypto.key.generate")]
    [InlineData("SecKeyCreateRandomKey", "crypto.key.generate")]
    [InlineData("public static java.lang.Class java.lang.Class.forName(java.lang.String) throws java.lang.ClassNotFoundException", "reflection")]
    [InlineData("Landroid/webkit/WebView;->addJavascriptInterface(Ljava/lang/Object;Ljava/lang/String;)V", "webview.js_interface")]
    [InlineData("android.provider.Telephony$Sms$Intents.getMessagesFromIntent", "sms.read")]
    [InlineData("android/content/pm/PackageInstaller$Session.commit", "package.install_prompt")]
    [InlineData("-[NSURLSession downloadTaskWithURL:]", "net.download")]
    [InlineData("URLSession.downloadTask(with:completionHandler:)", "net.download")]
    [InlineData("+[SSZipArchive unzipFileAtPath:toDestination:]", "archive.extract")]
    [InlineData("androidx.work.WorkManager.enqueue", "job.schedule")]
    [InlineData("dalvik.system.InMemoryDexClassLoader.<init>", "code.load_memory")]
    public void A_function_has_its_family(string function, string family) => Assert.Equal([family], Families.FamiliesOf(function));

    [Theory]
    [InlineData("dalvik.system.PathClassLoader.<init>")]
    [InlineData("java.lang.System.loadLibrary")]
    public void Loading_what_was_installed_is_a_family_of_its_own(string function) => Assert.Equal(["code.load_installed"], Families.FamiliesOf(function));

    [Fact]
    public void A_function_can_be_of_several_families() =>
        Assert.Equal(["accessibility.action", "screen.capture"], Families.FamiliesOf("android.accessibilityservice.AccessibilityService.takeScreenshot"));

    [Theory]
    [InlineData("")]
    [InlineData("   ")]
    [InlineData("[")]
    [InlineData("-[]")]
    [InlineData("-[NSBundle]")]
    [InlineData("L;")]
    [InlineData("new ")]
    [InlineData("()")]
    [InlineData("xdlopen")]
    [InlineData("dlopenx")]
    [InlineData("com.evil.dalvik.system.DexClassLoader.<init>")]
    [InlineData("dalvik.system.dexclassloader.<init>")]
    public void What_is_not_a_known_function_has_none(string function) => Assert.Empty(Families.FamiliesOf(function));

    [Fact]
    public void A_long_text_is_looked_at_only_in_part() =>
        Assert.Equal(["code.load"], Families.FamiliesOf("dlopen(" + new string('x', 1_000_000)));

    [Fact]
    public void A_file_beside_the_shipped_ones_adds_functions()
    {
        var data = Texts.Over(("api-families/acme.yml", "functions:\n  code.load: [com.acme.Plugins.open, java.net.Socket.connect]\n"));
        Assert.Equal(["code.load"], data.ApiFamilies.FamiliesOf("com.acme.Plugins.open"));
        Assert.Equal(["code.load", "net.open"], data.ApiFamilies.FamiliesOf("java.net.Socket.connect"));
        Assert.Equal(["net.open"], Families.FamiliesOf("java.net.Socket.connect"));
    }
}
