using System.Globalization;
using System.Net;
using System.Text.Json;

namespace RexecConformance.Containers.DockerCommand;

/// <summary>Reads what <c>docker inspect</c> prints.</summary>
internal static class DockerJson
{
    public static StartedContainer Started(string id, JsonElement container, int? publishedPort)
    {
        JsonElement network = container.GetProperty("NetworkSettings");
        IPEndPoint? published = null;
        if (publishedPort is { } port
            && network.GetProperty("Ports").TryGetProperty($"{port}/tcp", out JsonElement bindings)
            && bindings.ValueKind == JsonValueKind.Array && bindings.GetArrayLength() > 0)
        {
            string hostPort = bindings[0].GetProperty("HostPort").GetString()!;
            published = new IPEndPoint(IPAddress.Loopback, int.Parse(hostPort, CultureInfo.InvariantCulture));
        }

        // Newer engines have the address only below the network's name.
        JsonElement bridge = network.GetProperty("Networks").EnumerateObject().First().Value;
        return new StartedContainer(id, Address(bridge, "IPAddress"), Address(bridge, "Gateway"), published);
    }

    public static FoundContainer Found(JsonElement container) => new(
        container.GetProperty("Id").GetString()!,
        container.GetProperty("Name").GetString()!.TrimStart('/'),
        container.GetProperty("Config").GetProperty("Image").GetString()!,
        container.GetProperty("State").GetProperty("Status").GetString()!,
        container.GetProperty("Config").GetProperty("Labels").EnumerateObject().ToDictionary(p => p.Name, p => p.Value.GetString() ?? ""));

    public static IEnumerable<FoundImage> Images(JsonElement image) =>
        image.GetProperty("RepoTags").EnumerateArray().Select(tag => new FoundImage(tag.GetString()!, image.GetProperty("Size").GetInt64()));

    private static IPAddress? Address(JsonElement network, string name) =>
        network.TryGetProperty(name, out JsonElement value) && IPAddress.TryParse(value.GetString(), out IPAddress? address) ? address : null;
}
