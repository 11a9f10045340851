using System.Globalization;
using System.Net;
using System.Text;

namespace Studies.Charts;

/// <summary>Lines over one axis, as SVG that needs nothing else. On a ground of its own, so that it can be read on a dark page.</summary>
/// <param name="Title">What it shows, with the unit of the vertical axis.</param>
/// <param name="Across">What the horizontal axis is, with its unit.</param>
/// <param name="Lines">The lines; at most five.</param>
internal sealed record LineChart(string Title, string Across, IReadOnlyList<ChartLine> Lines)
{
    private const int Width = 720, Height = 280, Left = 64, Right = 16, Top = 52, Bottom = 44;

    // Apart also for those who see few colours; the names stand beside the lines' ends in the legend.
    private static readonly string[] Colours = ["#0b6bcb", "#d1571a", "#2b8a3e", "#7048c6", "#5c6670"];

    public string Render()
    {
        var (right, top) = (Ceiling(Lines.SelectMany(line => line.Points).Max(point => point.X)), Ceiling(Lines.SelectMany(line => line.Points).Max(point => point.Y)));
        var svg = new StringBuilder();
        svg.Append(Invariant($"<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 {Width} {Height}\" font-family=\"system-ui, sans-serif\" font-size=\"12\" fill=\"#333\">\n"));
        svg.Append(Invariant($"<rect width=\"{Width}\" height=\"{Height}\" rx=\"6\" fill=\"#fff\"/>\n<text x=\"{Left}\" y=\"20\" font-size=\"14\" font-weight=\"600\">{Escape(Title)}</text>\n"));
        Grid(svg, right, top);
        var legend = (double)Left;
        foreach (var (index, line) in Lines.Index())
        {
            var points = string.Join(' ', line.Points.Select(point => Invariant($"{X(point.X, right):0.#},{Y(point.Y, top):0.#}")));
            svg.Append($"<polyline fill=\"none\" stroke=\"{Colours[index]}\" stroke-width=\"2\" stroke-linejoin=\"round\" points=\"{points}\"/>\n");
            if (Lines.Count < 2)
                continue;
            svg.Append(Invariant($"<rect x=\"{legend:0.#}\" y=\"32\" width=\"14\" height=\"3\" fill=\"{Colours[index]}\"/><text x=\"{legend + 19:0.#}\" y=\"37\">{Escape(line.Name)}</text>\n"));
            legend += 40 + line.Name.Length * 6.6;
        }
        return svg.Append("</svg>\n").ToString();
    }

    private void Grid(StringBuilder svg, double right, double top)
    {
        for (var step = 0; step <= 4; step++)
        {
            var (x, y) = (X(right * step / 4, right), Y(top * step / 4, top));
            svg.Append(Invariant($"<path d=\"M{Left} {y:0.#}H{Width - Right}\" stroke=\"#e3e6ea\"/><text x=\"{Left - 8}\" y=\"{y + 4:0.#}\" text-anchor=\"end\">{Label(top * step / 4)}</text>\n"));
            svg.Append(Invariant($"<text x=\"{x:0.#}\" y=\"{Height - Bottom + 18}\" text-anchor=\"middle\">{Label(right * step / 4)}</text>\n"));
        }
        svg.Append(Invariant($"<text x=\"{(Width + Left - Right) / 2}\" y=\"{Height - 8}\" text-anchor=\"middle\">{Escape(Across)}</text>\n"));
    }

    private static double X(double value, double right) => Left + value / right * (Width - Left - Right);

    private static double Y(double value, double top) => Height - Bottom - value / top * (Height - Top - Bottom);

    // The next number with one digit that divides well by four.
    private static double Ceiling(double largest)
    {
        var unit = Math.Pow(10, Math.Floor(Math.Log10(Math.Max(largest, 1e-6))));
        return new[] { 1, 1.2, 1.6, 2, 2.4, 3.2, 4, 6, 8, 10 }.Select(factor => factor * unit).First(value => value >= largest * 0.9999);
    }

    private static string Label(double value) => value.ToString(value < 10 ? "0.##" : "#,0", CultureInfo.InvariantCulture);

    private static string Invariant(FormattableString text) => FormattableString.Invariant(text);

    private static string Escape(string text) => WebUtility.HtmlEncode(text);
}
