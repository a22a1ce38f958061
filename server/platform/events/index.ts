export { Notice, type NoticeHub, openNoticeHub } from "./notices.ts";
export { notify, publish } from "./publish.ts";
export { type Consumer, consumer, type Relay, type RelayParts, startRelay } from "./relay.ts";
export { forgetRelayedEvents, replayFailedEvents } from "./store.ts";
export { defineTopic, type Topic } from "./topic.ts";
