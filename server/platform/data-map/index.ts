export {
  type ClassifiedColumn,
  columnsOf,
  type DataClass,
  type DataMap,
  type DataPurpose,
  type RetentionName,
  retentionNames,
  toldClasses,
} from "./data-map.ts";
export { platformData } from "./platform-data.ts";
