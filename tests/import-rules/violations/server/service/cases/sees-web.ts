// breaks: server-does-not-see-web
export { Money } from "../../../web/ui/money.ts";
