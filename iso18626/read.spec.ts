import { diag } from 'libxml2-wasm';
import fc from 'fast-check';
import type { Message, Reading } from './message';
import { MAX_BODY_BYTES, readMessage } from './read';
import { envelope, FULL, HEADER, HEADER_XML, MINIMAL, requestXml, TIME } from './testing/sample-messages';
import { writeMessage } from './write';

const RUNS = { seed: 20251124, numRuns: 300 };
const DECLARATION = '<?xml version="1.0" encoding="UTF-8"?>';
/** あい𠮷 cannot be written in Shift_JIS; あい漢ｱ can. */
const SHIFT_JIS = [0x82, 0xa0, 0x82, 0xa2, 0x8a, 0xbf, 0xb1];

const utf8 = (text: string): Uint8Array => new TextEncoder().encode(text);
const read = (xml: string): Reading => readMessage(utf8(xml));

function messageOf(reading: Reading): Message {
  if (reading.is !== 'message') throw new Error(`${reading.is}: ${reading.is === 'unreadable' ? reading.why : ''}`);
  return reading.message;
}
function titleIn(reading: Reading): string | undefined {
  const message = messageOf(reading);
  return message.kind === 'request' ? message.bibliographicInfo.title : undefined;
}
function bytesOf(before: string, middle: readonly number[], after: string): Uint8Array {
  return Uint8Array.from([...utf8(before), ...middle, ...utf8(after)]);
}
const badlyFormed = (why: RegExp) =>
  ({ is: 'unreadable', error: 'BadlyFormedMessage', why: jasmine.stringMatching(why) as unknown as string }) as const;

describe('readMessage', () => {
  it('reads with any prefix or none, and no matter which version is named', () => {
    const unprefixed = envelope(requestXml('題'));
    const prefixed = unprefixed
      .replaceAll(/<(\/?)(?=\w)/g, '<$1p:')
      .replace('xmlns=', 'xmlns:p=')
      .replace('ill:version', 'p:version');
    expect(titleIn(read(prefixed))).toBe('題');
    for (const version of ['ill:version="1.0"', 'version="1.0"', 'ill:version=""', 'ill:version="2021-3"', ''])
      expect(titleIn(read(envelope(requestXml('題'), version))))
        .withContext(version)
        .toBe('題');
  });

  it('takes only what is in the namespace', () => {
    const foreign = '<title xmlns="urn:other">その他</title>';
    const xml = envelope(requestXml('題').replace('<title>', `${foreign}<title>`));
    expect(titleIn(read(xml))).toBe('題');
    expect(read(envelope(requestXml('題')).replace('<request>', '<request xmlns="">'))).toEqual(badlyFormed(/empty/));
  });

  it('takes elements in any order, and trims', () => {
    const xml = envelope(
      `<requestingAgencyMessage><note>\n 急ぎ \u3000</note><action> Renew\n</action>${HEADER_XML}</requestingAgencyMessage>`,
    );
    expect(messageOf(read(xml))).toEqual({
      kind: 'requestingAgencyMessage',
      header: HEADER,
      action: 'Renew',
      note: '急ぎ',
    });
  });

  it('takes an empty element as absent', () => {
    const empty =
      '<publicationInfo><publisher/></publicationInfo><serviceInfo><serviceType/><note> </note></serviceInfo>' +
      '<supplierInfo/><supplierInfo><supplierCode><agencyIdType/><agencyIdValue/></supplierCode></supplierInfo>' +
      '<requestedDeliveryInfo><address><physicalAddress/></address></requestedDeliveryInfo><patronInfo/>';
    const xml = envelope(requestXml('題').replace('</request>', `${empty}</request>`));
    expect(messageOf(read(xml))).toEqual({ kind: 'request', header: HEADER, bibliographicInfo: { title: '題' } });
  });

  it('reads a CDATA section, and leaves out comments and processing instructions', () => {
    expect(titleIn(read(envelope(requestXml('あ<!-- x --><![CDATA[<い>]]><?x y?>う'))))).toBe('あ<い>う');
  });

  it('drops what is incomplete, and says so', () => {
    const ids =
      '<bibliographicItemId><bibliographicItemIdentifierCode>ISBN</bibliographicItemIdentifierCode></bibliographicItemId>' +
      '<bibliographicItemId><bibliographicItemIdentifier>9784000000000</bibliographicItemIdentifier></bibliographicItemId>';
    const reading = read(envelope(requestXml('題').replace('</bibliographicInfo>', `${ids}</bibliographicInfo>`)));
    expect(messageOf(reading)).toEqual(
      jasmine.objectContaining({ bibliographicInfo: { title: '題', itemIds: [{ code: '', value: '9784000000000' }] } }),
    );
    const path = 'request/bibliographicInfo/bibliographicItemId';
    expect(reading.is === 'message' && reading.warnings).toEqual([
      `${path}/bibliographicItemIdentifierCode is missing`,
      `${path}/bibliographicItemIdentifier is missing`,
    ]);
  });

  it('takes the first of elements that may not be repeated, and says so', () => {
    const reading = read(envelope(requestXml('一</title><title>二')));
    expect(titleIn(reading)).toBe('一');
    expect(reading.is === 'message' && reading.warnings).toEqual(['request/bibliographicInfo/title is repeated']);
  });

  it('refuses a message that says twice what it is about', () => {
    const xml = envelope(`<requestingAgencyMessage>${HEADER_XML}<action>Renew</action></requestingAgencyMessage>`);
    for (const [one, two, fault] of [
      ['</action>', '</action><action>Cancel</action>', 'action is repeated'],
      ['</timestamp>', `</timestamp><timestamp>${TIME}</timestamp>`, 'header/timestamp is repeated'],
      ['</header>', `</header>${HEADER_XML}`, 'header is repeated'],
    ] as const) {
      const reading = read(xml.replace(one, two));
      expect(reading).toEqual(jasmine.objectContaining(badlyFormed(new RegExp(fault))));
    }
    // An empty element is none.
    expect(messageOf(read(xml.replace('</action>', '</action><action/>'))).kind).toBe('requestingAgencyMessage');
  });

  it('keeps content out of warnings', () => {
    const odd = `<x秘密>秘密</x秘密><serviceInfo><serviceType>秘密</serviceType></serviceInfo>`;
    const reading = read(envelope(requestXml('秘密').replace('</request>', `${odd}</request>`)));
    expect(reading.is === 'message' && reading.warnings).toEqual([
      'request has an unknown element',
      'request/serviceInfo/serviceType has a value that the schema does not allow',
    ]);
  });
});

describe('encodings', () => {
  const plain = envelope(requestXml('あ'));

  it('are UTF-8 with or without byte order mark, line breaks and blanks before the declaration', () => {
    for (const before of ['', '\ufeff', '\r\n', '\n\n', ' \t\r\n', '\ufeff\r\n', '\r\n\ufeff'])
      for (const declaration of [
        '',
        DECLARATION,
        '<?xml version="1.0" standalone="yes"?>',
        "<?xml version='1.0'?>\r\n",
      ])
        expect(titleIn(read(`${before}${declaration}${plain}\r\n`)))
          .withContext(JSON.stringify(before + declaration))
          .toBe('あ');
  });

  it('may refer to characters by number, and beyond the basic plane', () => {
    expect(titleIn(read(envelope(requestXml('&#x3042;&#12354;𠮷&#x20BB7;&#134071;&amp;&lt;'))))).toBe('ああ𠮷𠮷𠮷&<');
  });

  it('are Shift_JIS and UTF-16 when the body is written so', () => {
    const [before = '', after = ''] = envelope(requestXml('|')).split('|');
    const declaration = '<?xml version="1.0" encoding="Shift_JIS"?>';
    expect(titleIn(readMessage(bytesOf(declaration + before, SHIFT_JIS, after)))).toBe('あい漢ｱ');
    const utf16 = Buffer.from(
      `\ufeff<?xml version="1.0" encoding="UTF-16"?>${envelope(requestXml('あ𠮷'))}`,
      'utf16le',
    );
    expect(titleIn(readMessage(utf16))).toBe('あ𠮷');
  });

  it('are refused when they are not those declared', () => {
    for (const encoding of ['Shift_JIS', 'SJIS', 'EUC-JP', 'ISO-8859-1', 'ISO-2022-JP', 'US-ASCII', 'unknown'])
      for (const title of ['あ', 'ああ', '漢字', '𠮷', '図書館の相互利用について', 'é'])
        for (const mark of ['', '\ufeff']) {
          const reading = read(`${mark}<?xml version="1.0" encoding="${encoding}"?>${envelope(requestXml(title))}`);
          if (reading.is === 'message') expect(titleIn(reading)).withContext(encoding).toBe(title);
          else
            expect(reading)
              .withContext(encoding)
              .toEqual(badlyFormed(/encoding|well-formed/));
          if (mark === '') expect(reading.is).withContext(encoding).toBe('unreadable');
        }
    expect(readMessage(bytesOf(envelope(requestXml('')), SHIFT_JIS, ''))).toEqual(badlyFormed(/well-formed/));
  });

  it('do not matter where all is ASCII', () => {
    expect(titleIn(read(`<?xml version="1.0" encoding="Shift_JIS"?>${envelope(requestXml('title'))}`))).toBe('title');
  });
});

describe('messages of Alma and of the version of 2021', () => {
  const supplying = (status: string, more = ''): string =>
    envelope(
      `<supplyingAgencyMessage>${HEADER_XML}<messageInfo><reasonForMessage>Notification</reasonForMessage></messageInfo>` +
        `<statusInfo>${status}<lastChange>${TIME}</lastChange></statusInfo>${more}</supplyingAgencyMessage>`,
    );

  it('may have an empty status', () => {
    const reading = read(supplying('<status/>'));
    expect(messageOf(reading)).toEqual({
      kind: 'supplyingAgencyMessage',
      header: HEADER,
      messageInfo: { reasonForMessage: 'Notification' },
      statusInfo: { lastChange: TIME },
    });
    expect(reading.is === 'message' && reading.warnings).toEqual([
      'supplyingAgencyMessage/statusInfo/status is missing',
    ]);
  });

  it('may have new statuses, renamed elements, and parts that nobody needs', () => {
    const retry = '<retryInfo><loanCondition>x</loanCondition></retryInfo><shippingInfo/>';
    const delivery =
      `<deliveryInfo><dateSent>${TIME}</dateSent><deliveryMethod>Post</deliveryMethod>` +
      '<itemFormat>Paper</itemFormat><URL>https://x.example</URL></deliveryInfo>';
    const xml = supplying('<status>HoldReturn</status>', retry + delivery)
      .replace('ill:version="1.2"', 'ill:version="2021-3"')
      .replace('<multipleItemRequestId/>', '');
    expect(messageOf(read(xml))).toEqual({
      kind: 'supplyingAgencyMessage',
      header: HEADER,
      messageInfo: { reasonForMessage: 'Notification' },
      statusInfo: { status: 'HoldReturn', lastChange: TIME },
      deliveryInfo: { dateSent: TIME, sentVia: 'Post', deliveredFormat: 'Paper' },
    });
  });

  it('may have new actions', () => {
    const reading = read(
      envelope(`<requestingAgencyMessage>${HEADER_XML}<action>Lost</action></requestingAgencyMessage>`),
    );
    expect(messageOf(reading)).toEqual({ kind: 'requestingAgencyMessage', header: HEADER, action: 'Lost' });
    expect(reading.is === 'message' && reading.warnings).toEqual([
      'requestingAgencyMessage/action has a value that the schema does not allow',
    ]);
  });

  it('may repeat the volume', () => {
    const info = '題</title><authorId>1</authorId><volume>1</volume><volume/><volume>2</volume><title>';
    expect(messageOf(read(envelope(requestXml(info))))).toEqual(
      jasmine.objectContaining({ bibliographicInfo: { title: '題', volume: '1 2' } }),
    );
  });
});

describe('confirmations', () => {
  it('are read as such, also with errors of their own and without ids', () => {
    const xml = envelope(
      `<supplyingAgencyMessageConfirmation><confirmationHeader><timestampReceived>${TIME}</timestampReceived>` +
        '<messageStatus>ERROR</messageStatus></confirmationHeader><errorData><errorType>UnableToFindRequest</errorType>' +
        '</errorData></supplyingAgencyMessageConfirmation>',
    );
    expect(read(xml)).toEqual({
      is: 'confirmation',
      confirmation: {
        kind: 'supplyingAgencyMessageConfirmation',
        timestamp: '',
        timestampReceived: TIME,
        messageStatus: 'ERROR',
        error: { type: 'UnableToFindRequest' },
      },
    });
  });

  it('are unreadable without a status that means something', () => {
    const of = (header: string): Reading =>
      read(envelope(`<requestConfirmation><confirmationHeader>${header}</confirmationHeader></requestConfirmation>`));
    expect(of('')).toEqual(badlyFormed(/messageStatus/));
    expect(of('<messageStatus>MAYBE</messageStatus>')).toEqual(
      jasmine.objectContaining({ is: 'unreadable', error: 'UnrecognisedDataValue' }),
    );
    expect(read('<html><body>Not found</body></html>')).toEqual(badlyFormed(/root/));
    expect(read('')).toEqual(badlyFormed(/well-formed/));
  });
});

describe('an unreadable message', () => {
  const without = (part: RegExp): Reading => read(envelope(requestXml('題').replace(part, '')));

  for (const [name, part] of [
    ['supplyingAgencyId', /<supplyingAgencyId>.*?<\/supplyingAgencyId>/],
    ['requestingAgencyId', /<requestingAgencyId>.*?<\/requestingAgencyId>/],
    ['timestamp', /<timestamp>.*?<\/timestamp>/],
    ['requestingAgencyRequestId', /<requestingAgencyRequestId>.*?<\/requestingAgencyRequestId>/],
  ] as const)
    it(`lacks ${name}; the rest of the header is there for the confirmation`, () => {
      const { [name]: _, ...header } = HEADER;
      expect(without(part)).toEqual({
        ...badlyFormed(new RegExp(`header/${name} is missing`)),
        header,
        kind: 'request',
      });
    });

  it('lacks the value of an agency, the header, the action or the reason', () => {
    expect(without(/<agencyIdValue>JP-ALMA1<\/agencyIdValue>/)).toEqual(
      jasmine.objectContaining(badlyFormed(/requestingAgencyId\/agencyIdValue is missing/)),
    );
    expect(without(/<header>.*<\/header>/)).toEqual({
      ...badlyFormed(/header is missing/),
      header: {},
      kind: 'request',
    });
    for (const kind of ['requestingAgencyMessage', 'supplyingAgencyMessage'] as const)
      expect(read(envelope(`<${kind}>${HEADER_XML}</${kind}>`))).toEqual({
        ...badlyFormed(/(action|messageInfo) is missing/),
        header: HEADER,
        kind,
      });
  });

  it('may lack the type of an agency', () => {
    const message = messageOf(without(/<agencyIdType>ISIL<\/agencyIdType>/));
    expect(message.header.supplyingAgencyId).toEqual({ type: '', value: 'JP-NACSIS' });
  });

  it('has a timestamp that is none', () => {
    for (const timestamp of ['yesterday', '2025-11-28', '2025-02-30T00:00:00Z'])
      expect(read(envelope(requestXml('題').replace(TIME, timestamp)))).toEqual({
        is: 'unreadable',
        error: 'UnrecognisedDataValue',
        why: 'header/timestamp is no time',
        header: { ...HEADER, timestamp },
        kind: 'request',
      });
  });

  it('is an envelope with nothing, several or an unknown thing in it, or no envelope', () => {
    expect(read(envelope(''))).toEqual(badlyFormed(/empty/));
    expect(read(envelope(requestXml('一') + requestXml('二')))).toEqual(badlyFormed(/several/));
    expect(read(envelope('<reminder/>'))).toEqual({
      is: 'unreadable',
      error: 'UnrecognisedDataElement',
      why: 'the kind of message is unknown',
    });
    expect(read(requestXml('題'))).toEqual(badlyFormed(/root/));
    expect(read(`<ISO18626Message>${requestXml('題')}</ISO18626Message>`)).toEqual(badlyFormed(/root/));
    expect(read(envelope(requestXml('題')).replaceAll('2013', '2014'))).toEqual(badlyFormed(/root/));
    expect(read(envelope(requestXml('題')).replaceAll('ISO18626Message', 'Message'))).toEqual(badlyFormed(/root/));
    expect(read(envelope('<toString/>'))).toEqual(jasmine.objectContaining({ error: 'UnrecognisedDataElement' }));
  });
});

describe('a hostile body', () => {
  const withDoctype = (subset: string, title: string): Reading =>
    read(`${DECLARATION}<!DOCTYPE ISO18626Message${subset}>${envelope(requestXml(title))}`);

  it('has a DOCTYPE, even a harmless one', () => {
    expect(withDoctype('', '題')).toEqual(badlyFormed(/DOCTYPE/));
    expect(withDoctype(' [<!ENTITY a "x">]', '&a;')).toEqual(badlyFormed(/DOCTYPE/));
    expect(withDoctype(' SYSTEM "http://127.0.0.1:9/x.dtd"', '題')).toEqual(badlyFormed(/DOCTYPE|well-formed/));
    expect(withDoctype(' [<!ENTITY a SYSTEM "file:///etc/passwd">]', '&a;')).toEqual(
      badlyFormed(/DOCTYPE|well-formed/),
    );
    expect(withDoctype(' [<!ENTITY % p SYSTEM "file:///etc/passwd">%p;]', '題')).toEqual(
      badlyFormed(/DOCTYPE|well-formed/),
    );
  });

  it('has an entity bomb', () => {
    const levels = Array.from(
      { length: 12 },
      (_, n) => `<!ENTITY e${String(n + 1)} "${`&e${String(n)};`.repeat(10)}">`,
    );
    expect(withDoctype(` [<!ENTITY e0 "bomb">${levels.join('')}]`, '&e12;')).toEqual(
      badlyFormed(/DOCTYPE|well-formed/),
    );
    const block = 'x'.repeat(50_000);
    expect(withDoctype(` [<!ENTITY a "${block}">]`, '&a;'.repeat(20_000))).toEqual(badlyFormed(/DOCTYPE|well-formed/));
    expect(read(envelope(requestXml('&a;')))).toEqual(badlyFormed(/well-formed/));
  });

  it('is too large, and is not parsed', () => {
    expect(readMessage(new Uint8Array(100_000_000))).toEqual(badlyFormed(/large/));
    const title = 'x'.repeat(MAX_BODY_BYTES - envelope(requestXml('')).length);
    expect(titleIn(read(envelope(requestXml(title))))).toBe(title);
    expect(read(envelope(requestXml(`${title}x`)))).toEqual(badlyFormed(/large/));
  });

  it('has a note of 100,000 characters, which is read', () => {
    const title = '図'.repeat(100_000);
    expect(titleIn(read(envelope(requestXml(title))))).toBe(title);
  });

  it('is nested deeply', () => {
    for (const depth of [20, 200, 10_000])
      expect(read(envelope(requestXml('<a>'.repeat(depth) + '</a>'.repeat(depth)))))
        .withContext(String(depth))
        .toEqual(badlyFormed(/deep|well-formed/));
  });

  it('has very many elements', () => {
    expect(read(envelope(requestXml('題').replace('</request>', `${'<x/>'.repeat(200_000)}</request>`)))).toEqual(
      badlyFormed(/many/),
    );
  });

  it('has null bytes or other characters that XML forbids', () => {
    for (const piece of ['\u0000', '\u0001', '\ufffe', '&#0;', '&#1;', '&#xD800;', '&#x110000;'])
      expect(read(envelope(requestXml(`a${piece}b`))))
        .withContext(JSON.stringify(piece))
        .toEqual(badlyFormed(/well-formed/));
    expect(readMessage(bytesOf(envelope(requestXml('あ')), [0], ''))).toEqual(badlyFormed(/well-formed/));
    expect(readMessage(bytesOf('', [0xed, 0xa0, 0x80], ''))).toEqual(badlyFormed(/well-formed/));
  });

  it('is any bytes', () => {
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 400 }), (bytes) => {
        expect(readMessage(bytes).is).toBe('unreadable');
      }),
      RUNS,
    );
  });

  it('is a message with bytes changed', () => {
    const bytes = utf8(writeMessage(FULL[0]!));
    fc.assert(
      fc.property(
        fc.array(fc.tuple(fc.nat(bytes.length - 1), fc.nat(255)), { minLength: 1, maxLength: 4 }),
        (changes) => {
          const changed = Uint8Array.from(bytes);
          for (const [at, byte] of changes) changed[at] = byte;
          expect(['message', 'unreadable']).toContain(readMessage(changed).is);
        },
      ),
      RUNS,
    );
  });

  it('is cut off', () => {
    for (const message of [...FULL, ...MINIMAL]) {
      const bytes = utf8(writeMessage(message).trim());
      for (let length = 0; length < bytes.length; length += 37)
        expect(readMessage(bytes.subarray(0, length))).toEqual(badlyFormed(/well-formed/));
    }
  });

  it('leaves no document behind, readable or not', () => {
    diag.configure({ enabled: true });
    try {
      for (const xml of ['<', envelope(''), envelope(requestXml('題')), `<!DOCTYPE x>${envelope('')}`]) read(xml);
      for (const message of FULL) writeMessage(message);
      expect(() => writeMessage({ kind: 'requestingAgencyMessage', header: HEADER, action: '?' })).toThrow();
      expect(diag.report()).toEqual({});
    } finally {
      diag.configure({ enabled: false });
    }
  });
});
