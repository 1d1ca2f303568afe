import { addressLine } from '../../domain/ill/member';
import { OWN_MEMBER } from '../testing/records';
import { memberAddress, postalAddress } from './postal-address';

describe('postalAddress', () => {
  it('takes apart what the clients write', () => {
    expect(postalAddress('〒000-0001 東京都 1-1 架空大学附属図書館 相互利用係')).toEqual({
      zip: '000-0001',
      street: '東京都 1-1',
      name: '架空大学附属図書館 相互利用係',
    });
    expect(postalAddress(addressLine(OWN_MEMBER), '自館')).toEqual({
      zip: '000-0001',
      street: '東京都 1-1',
      name: '自館 相互利用係',
    });
  });

  it('knows a street that is called after an institution, and a name that holds a municipality', () => {
    for (const [street, name] of [
      ['山口県下関市大学町二丁目1番1号', '下関市立大学 附属図書館'],
      ['架空県架空市大学町1-1', '架空医科大学 図書館'],
      ['架空市大学町 2-7', '架空大学図書館'],
      ['架空市大学通１－１－１', '架空理科大学 図書館'],
      ['架空市学園町３丁目', '架空学園 図書館'],
      ['架空市研究学園5-1', '架空研究所 図書室'],
      ['京都府京都市西京区京都大学桂', '京都大学 桂図書館'],
      ['架空市館町1163', '架空市立図書館'],
      ['架空市本町2-5-1 (架空病院構内)', '架空大学 附属図書館'],
      ['架空市本町2-5-1 資料館ビル2F', '架空資料館'],
      ['東京都架空市1-1', '東京都立大学 図書館'],
      ['東京都架空区1-1', '東京都市大学 図書館'],
      ['北海道架空市北10条', '北海道大学 附属図書館'],
      ['架空県架空市1', '架空県立がんセンター 図書館'],
      ['架空区本町3-55', '公益財団法人 架空文学館'],
    ] as const)
      expect(postalAddress(`〒751-8510 ${street} ${name}`))
        .withContext(street)
        .toEqual({ zip: '751-8510', street, name });
  });

  it('reads postal codes as people write them', () => {
    for (const text of ['0000001 架空市 1', '〒０００－０００１　架空市 1', '000‐0001架空市 1'])
      expect(postalAddress(text)).withContext(text).toEqual({ zip: '000-0001', street: '架空市 1', name: '' });
    expect(postalAddress('架空市 1-1').zip).toBe('');
  });

  it('adds no second 御中', () => {
    expect(postalAddress('架空市 1 架空大学図書館 御中').name).toBe('架空大学図書館');
  });

  it('loses nothing of a text without a pattern, and takes the name that NACSIS-ILL has', () => {
    expect(postalAddress('架空市 本町 担当あて', '架空大図')).toEqual({
      zip: '',
      street: '架空市 本町 担当あて',
      name: '架空大図',
    });
    expect(postalAddress(undefined, '架空大図')).toEqual({ zip: '', street: '', name: '架空大図' });
    expect(postalAddress('  ')).toEqual({ zip: '', street: '', name: '' });
  });
});

describe('memberAddress', () => {
  it('is that of the member directory', () => {
    expect(memberAddress(OWN_MEMBER)).toEqual({
      zip: '000-0001',
      street: '東京都 1-1',
      name: '自館 相互利用係',
      tel: '03-0000-0001',
    });
    expect(memberAddress({ ...OWN_MEMBER, zip: '0000001' }).zip).toBe('000-0001');
  });
});
