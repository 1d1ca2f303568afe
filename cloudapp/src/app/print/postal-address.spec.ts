import { addressLine } from '../../domain/member';
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
