import { LineChart } from "echarts/charts";
import { GridComponent, LegendComponent, TitleComponent } from "echarts/components";
import { init, use } from "echarts/core";
import { SVGRenderer } from "echarts/renderers";
import type { Plot } from "./report.ts";

use([LineChart, GridComponent, LegendComponent, TitleComponent, SVGRenderer]);

/** The plot as an SVG document, both axes logarithmic. */
export function draw(plot: Plot): string {
  const chart = init(null, null, { renderer: "svg", ssr: true, width: 820, height: 460 });
  chart.setOption({
    animation: false,
    backgroundColor: "#ffffff",
    title: { text: plot.title, left: "center", textStyle: { fontSize: 15 } },
    legend: {
      bottom: 0,
      left: 70,
      right: 30,
      itemGap: 24,
      data: plot.lines.map(({ name }) => name),
    },
    grid: { left: 70, right: 40, top: 50, bottom: 110 },
    xAxis: {
      type: "log",
      name: plot.xTitle,
      nameLocation: "middle",
      nameGap: 28,
      min: "dataMin",
      max: "dataMax",
    },
    yAxis: { type: "log", name: plot.yTitle, nameLocation: "middle", nameGap: 48 },
    series: plot.lines.map(({ name, points }) => ({ type: "line", name, data: points })),
  });
  const svg = chart.renderToSVGString();
  chart.dispose();
  return `${svg}\n`;
}
