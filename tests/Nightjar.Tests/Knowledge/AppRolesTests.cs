using Nightjar.Knowledge;
using Xunit;

namespace Nightjar.Tests.Knowledge;

public sealed class AppRolesTests
{
    private static readonly AppRoles Roles = ReferenceData.Shipped.AppRoles;

    [Theory]
    [InlineData("com.android.chrome", "browser")]
    [InlineData("com.dropbox.android", "file_sync")]
    [InlineData("net.whatsapp.WhatsApp", "messaging")]
    [InlineData("com.android.vending", "app_store")]
    [InlineData("com.microsoft.windowsintune.companyportal", "mdm_agent")]
    public void A_well_known_app_has_its_role(string app, string role) => Assert.Equal([role], Roles.RolesOf(app, null));

    [Fact]
    public void An_app_can_have_several_roles() => Assert.Equal(["messaging", "social"], Roles.RolesOf("com.snapchat.android", null));

    [Theory]
    [InlineData("COMMUNICATION", "messaging")]
    [InlineData("Communication", "messaging")]
    [InlineData("Social Networking", "social")]
    [InlineData("public.app-category.social-networking", "social")]
    [InlineData("CATEGORY_MAPS", "navigation")]
    [InlineData("Maps & Navigation", "navigation")]
    [InlineData("GAME_ROLE_PLAYING", "game")]
    [InlineData("Food & Drink", "shopping")]
    [InlineData("Health and Fitness", "health")]
    [InlineData("public.app-category.role-playing-games", "game")]
    public void An_app_that_is_not_listed_has_the_role_of_its_category(string category, string role) => Assert.Equal([role], Roles.RolesOf("example.app", category));

    [Theory]
    [InlineData(null)]
    [InlineData("")]
    [InlineData("TOOLS")]
    [InlineData("&&&")]
    [InlineData("public.app-category.")]
    public void An_app_of_which_nothing_is_known_is_unknown(string? category) => Assert.Equal([AppRoles.Unknown], Roles.RolesOf("example.app", category));

    [Fact]
    public void The_category_does_not_speak_for_a_listed_app() => Assert.Equal(["browser"], Roles.RolesOf("com.android.chrome", "COMMUNICATION"));

    [Fact]
    public void An_id_that_only_resembles_a_listed_one_is_unknown()
    {
        Assert.Equal([AppRoles.Unknown], Roles.RolesOf("com.android.chrome.update", null));
        Assert.Equal([AppRoles.Unknown], Roles.RolesOf("com.Android.Chrome", null));
    }

    [Fact]
    public void A_role_expects_the_services_of_its_work()
    {
        Assert.True(Roles.Expects("file_sync", "cloud_storage"));
        Assert.False(Roles.Expects("game", "cloud_storage"));
        Assert.False(Roles.Expects(AppRoles.Unknown, "cloud_storage"));
        Assert.False(Roles.Expects("no_such_role", "cloud_storage"));
    }

    [Fact]
    public void A_file_that_extends_adds_apps_and_roles()
    {
        var roles = Texts.Over(("app-roles.acme.yml", """
            roles:
              field_service: {meaning: "Our technicians' app.", expects: [cloud_storage]}
            apps:
              field_service: [com.acme.field]
              backup: [com.dropbox.android]
            """)).AppRoles;
        Assert.Equal(["field_service"], roles.RolesOf("com.acme.field", "TOOLS"));
        Assert.Equal(["backup", "file_sync"], roles.RolesOf("com.dropbox.android", null));
        Assert.True(roles.Expects("field_service", "cloud_storage"));
    }
}
