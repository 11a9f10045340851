using System.Net;
using System.Text;

namespace Studies.Charts;

/// <summary>Lines over one axis, as SVG that needs nothing else. It has a ground of its own and is light or dark as the reader's system is.</summary>
/// <param name="Title">What it shows, with the unit of the vertical axis.</param>
/// <param name="Across">What the horizontal axis is, with its unit.</param>
/// <param name="Lines">The lines; at most five.</param>
internal sealed record LineChart(string Title, string Across, IReadOnlyList<ChartLine> Lines)
{
    private const int Width = 720, Height = 280, Left = 64, Right = 24, Top = 52, Bottom = 44;

    // Fewer points than this were chosen, and each is shown.
    private const int Few = 16;

    private static readonly (string Light, string Dark)[] Colours = [("#0b6bcb", "#58a6ff"), ("#c94f12", "#ff9a57"), ("#2b8a3e", "#56d364"), ("#7048c6", "#bc8cff"), ("#5c6670", "#a8b1bb")];

    // Lines that lie upon each other can be told apart, also by those who see few colours.
    private static readonly string[] Dashes = ["", "7 5", "2 4", "12 4 2 4", "4 8"];

    public string Render()
    {
        var (across, up) = (Axis.UpTo(Lines.SelectMany(line => line.Points).Max(point => point.X), isWhole: false), Axis.UpTo(Lines.SelectMany(line => line.Points).Max(point => point.Y), isWhole: true));
        var svg = new StringBuilder();
        svg.Append(Invariant($"<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 {Width} {Height}\" font-family=\"system-ui, sans-serif\" font-size=\"12\" role=\"img\" aria-label=\"{Escape(Title)}\">\n"));
        svg.Append(Style());
        svg.Append(Invariant($"<rect class=\"ground\" width=\"{Width}\" height=\"{Height}\" rx=\"6\"/>\n<text x=\"{Left}\" y=\"20\" font-size=\"14\" font-weight=\"600\">{Escape(Title)}</text>\n"));
        Grid(svg, across, up);
        var legend = (double)Left;
        foreach (var (index, line) in Lines.Index())
        {
            // What bounds is thin and grey, like the grid that it belongs to.
            var look = line.IsBound ? "class=\"bound\" stroke-width=\"1.5\" stroke-dasharray=\"3 3\"" : Invariant($"class=\"line{index}\" stroke-width=\"2\" stroke-dasharray=\"{Dashes[index]}\"");
            var points = line.Points.Select(point => (X: X(point.X, across), Y: Y(point.Y, up))).ToArray();
            svg.Append(Invariant($"<polyline fill=\"none\" {look} stroke-linejoin=\"round\" points=\"{string.Join(' ', points.Select(point => Invariant($"{point.X:0.#},{point.Y:0.#}")))}\"/>\n"));
            if (points.Length < Few && !line.IsBound)
                svg.Append($"<g class=\"line{index}\">{string.Concat(points.Select(point => Invariant($"<circle cx=\"{point.X:0.#}\" cy=\"{point.Y:0.#}\" r=\"1\" stroke-width=\"4\"/>")))}</g>\n");
            if (Lines.Count < 2)
                continue;
            svg.Append(Invariant($"<path fill=\"none\" {look} d=\"M{legend:0.#} 33.5h24\"/><text x=\"{legend + 30:0.#}\" y=\"37\">{Escape(line.Name)}</text>\n"));
            legend += 54 + line.Name.Length * 6.6;
        }
        return svg.Append("</svg>\n").ToString();
    }

    private static string Style()
    {
        static string Rules(string ground, string text, string grid, string bound, IEnumerable<string> colours) =>
            $".ground{{fill:{ground}}}text{{fill:{text}}}.grid{{stroke:{grid}}}.bound{{stroke:{bound}}}" + string.Concat(colours.Select((colour, index) => $".line{index}{{stroke:{colour}}}"));
        return $"<style>\n{Rules("#fff", "#333", "#e3e6ea", "#6b7580", Colours.Select(colour => colour.Light))}\n"
            + $"@media (prefers-color-scheme:dark){{{Rules("#161b22", "#d5dae0", "#2f363d", "#9aa4ae", Colours.Select(colour => colour.Dark))}}}\n</style>\n";
    }

    private void Grid(StringBuilder svg, Axis across, Axis up)
    {
        foreach (var tick in up.Ticks)
            svg.Append(Invariant($"<path class=\"grid\" d=\"M{Left} {Y(tick, up):0.#}H{Width - Right}\"/><text x=\"{Left - 8}\" y=\"{Y(tick, up) + 4:0.#}\" text-anchor=\"end\">{Axis.Label(tick)}</text>\n"));
        foreach (var tick in across.Ticks)
            svg.Append(Invariant($"<path class=\"grid\" d=\"M{X(tick, across):0.#} {Height - Bottom}v4\"/><text x=\"{X(tick, across):0.#}\" y=\"{Height - Bottom + 18}\" text-anchor=\"middle\">{Axis.Label(tick)}</text>\n"));
        svg.Append(Invariant($"<text x=\"{(Width + Left - Right) / 2}\" y=\"{Height - 8}\" text-anchor=\"middle\">{Escape(Across)}</text>\n"));
    }

    private static double X(double value, Axis across) => Left + value / across.End * (Width - Left - Right);

    private static double Y(double value, Axis up) => Height - Bottom - value / up.End * (Height - Top - Bottom);

    private static string Invariant(FormattableString text) => FormattableString.Invariant(text);

    private static string Escape(string text) => WebUtility.HtmlEncode(text);
}
