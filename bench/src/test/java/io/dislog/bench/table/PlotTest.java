package io.dislog.bench.table;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.dislog.bench.load.Run;
import java.io.ByteArrayInputStream;
import java.util.ArrayList;
import java.util.List;
import javax.xml.parsers.DocumentBuilderFactory;
import org.HdrHistogram.Histogram;
import org.junit.jupiter.api.Test;
import org.w3c.dom.Document;
import org.w3c.dom.Element;
import org.w3c.dom.NodeList;

final class PlotTest {

  private final Comparison comparison =
      new Comparison("appends", "/s", List.of("Dislog", "a < b & c", "gone", "the device: syncs"));

  @Test
  void barsAreAsLongAsTheirMediansAndWhatWasNotMeasuredHasNone() throws Exception {
    add("Dislog", 100, 300, 200);
    add("a < b & c", 50);
    add("the device: syncs", 400);
    List<Element> bars = elements(drawn(), "rect");
    assertThat(bars)
        .extracting(bar -> bar.getAttribute("class"))
        .containsExactly("own", "peer", "device");
    double unit = width(bars.get(1)) / 50;
    assertThat(width(bars.get(0))).isCloseTo(200 * unit, within(0.5));
    assertThat(width(bars.get(2))).isCloseTo(400 * unit, within(0.5));
    assertThat(elements(drawn(), "text"))
        .extracting(Element::getTextContent)
        .containsExactly(
            "appends, /s", "Dislog", "200", "a < b & c", "50.0", "the device: syncs", "400");
  }

  @Test
  void allIsWithinTheDrawing() throws Exception {
    add("Dislog", 1000, 1);
    add("a < b & c", 3);
    Document plot = drawn();
    double right = Double.parseDouble(plot.getDocumentElement().getAttribute("width"));
    double bottom = Double.parseDouble(plot.getDocumentElement().getAttribute("height"));
    for (Element text : elements(plot, "text")) {
      assertThat(Double.parseDouble(text.getAttribute("x"))).isLessThan(right - 40);
      assertThat(Double.parseDouble(text.getAttribute("y"))).isLessThan(bottom);
    }
  }

  @Test
  void aDarkPageHasColoursOfItsOwn() {
    assertThat(new Plot(List.of(comparison)).svg()).contains("@media (prefers-color-scheme: dark)");
  }

  private void add(String name, double... figures) {
    for (int round = 1; round <= figures.length; round++) {
      comparison.add(
          name, round, figures[round - 1], new Run(new Histogram(Run.DIGITS), 1_000_000, 1));
    }
  }

  private Document drawn() throws Exception {
    String svg = new Plot(List.of(comparison)).svg();
    return DocumentBuilderFactory.newInstance()
        .newDocumentBuilder()
        .parse(new ByteArrayInputStream(svg.getBytes(UTF_8)));
  }

  private static double width(Element bar) {
    return Double.parseDouble(bar.getAttribute("width"));
  }

  private static List<Element> elements(Document document, String name) {
    NodeList found = document.getElementsByTagName(name);
    List<Element> elements = new ArrayList<>();
    for (int at = 0; at < found.getLength(); at++) {
      elements.add((Element) found.item(at));
    }
    return elements;
  }
}
