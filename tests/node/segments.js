// Reads a JSON list of texts; writes, for each, what Twilio's own counter makes of it.
const { readFileSync } = require("node:fs");
const { SegmentedMessage } = require("sms-segments-calculator");

const counted = JSON.parse(readFileSync(0, "utf8")).map((text) => {
  const message = new SegmentedMessage(text);
  const bits = message.encodingName === "GSM-7" ? 7 : 16;
  return [message.encodingName, message.messageSize / bits, message.segmentsCount];
});
process.stdout.write(JSON.stringify(counted));
