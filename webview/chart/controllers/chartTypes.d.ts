import "chart.js";

declare module "chart.js" {
  /** What Chart.js wants to know of a type that draws itself from `layer` and has no data elements. */
  interface LayerType<Layer> {
    chartOptions: unknown;
    datasetOptions: { layer: Layer };
    defaultDataPoint: number;
    metaExtensions: object;
    parsedDataType: { x: number; y: number };
    scales: "linear" | "logarithmic";
  }
}
