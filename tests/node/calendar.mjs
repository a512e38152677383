// Reads calendar files with ical.js, the reader of Thunderbird: a JSON list of texts in, one of what each says out.
import { readFileSync } from "node:fs";
import ICAL from "ical.js";

const read = (text) => {
  ICAL.TimezoneService.reset();
  const file = new ICAL.Component(ICAL.parse(text));
  for (const zone of file.getAllSubcomponents("vtimezone")) ICAL.TimezoneService.register(zone);
  const event = new ICAL.Event(file.getFirstSubcomponent("vevent"));
  return {
    method: file.getFirstPropertyValue("method"),
    zones: file.getAllSubcomponents("vtimezone").map((zone) => zone.getFirstPropertyValue("tzid")),
    uid: event.uid,
    sequence: event.sequence,
    status: event.component.getFirstPropertyValue("status"),
    summary: event.summary,
    location: event.location,
    description: event.description,
    starts: event.startDate.toJSDate().toISOString(),
    ends: event.endDate.toJSDate().toISOString(),
    wall: event.startDate.toString(),
    zone: event.startDate.zone.tzid,
    longest: Math.max(...text.split("\r\n").map((line) => Buffer.byteLength(line))),
  };
};

process.stdout.write(JSON.stringify(JSON.parse(readFileSync(0, "utf8")).map(read)));
