using System.Xml.Linq;
using Microsoft.AspNetCore.Components;
using Microsoft.AspNetCore.Components.Rendering;

namespace ClaimsEngine.Console.Parts.Charts;

/// <summary>Puts a drawn picture into the page, element by element: what is text stays text.</summary>
public sealed class SvgPicture : ComponentBase
{
    [Parameter, EditorRequired] public XElement Of { get; set; } = null!;

    protected override void BuildRenderTree(RenderTreeBuilder builder) => Add(builder, Of);

    private static void Add(RenderTreeBuilder builder, XElement element)
    {
        builder.OpenElement(0, element.Name.LocalName);
        foreach (var attribute in element.Attributes().Where(own => !own.IsNamespaceDeclaration))
            builder.AddAttribute(1, attribute.Name.LocalName, attribute.Value);
        foreach (var node in element.Nodes())
            if (node is XElement inner) Add(builder, inner);
            else if (node is XText text) builder.AddContent(2, text.Value);
        builder.CloseElement();
    }
}
