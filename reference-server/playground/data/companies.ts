/** An invented company; its domain is one that can't exist. */
export interface Company {
  readonly name: string;
  readonly domain: string;
}

export const companies: readonly Company[] = [
  { name: 'Havenkade Logistiek', domain: 'havenkade.example' },
  { name: 'Noorderlicht Energie', domain: 'noorderlicht-energie.example' },
  { name: 'Polder & Plasma', domain: 'polderplasma.example' },
  { name: 'Grachtenbank', domain: 'grachtenbank.example' },
  { name: 'Tulp Zorggroep', domain: 'tulpzorg.example' },
  { name: 'Windmolen Software', domain: 'windmolen.example' },
  { name: 'Fietsfabriek Oost', domain: 'fietsfabriek-oost.example' },
  { name: 'Waterkant Architecten', domain: 'waterkant.example' },
  { name: 'Brouwerij De Zwaan', domain: 'dezwaan.example' },
  { name: 'Kaas & Co', domain: 'kaasenco.example' },
  { name: 'Spoorzicht Reizen', domain: 'spoorzicht.example' },
  { name: 'Delta Dredging International', domain: 'deltadredging.example' },
  { name: 'Zuiderzee Verzekeringen', domain: 'zuiderzee.example' },
  { name: 'Bloemist Online', domain: 'bloemistonline.example' },
  { name: 'Atelier Lumière', domain: 'atelier-lumiere.example' },
  { name: 'Nordlys Robotics', domain: 'nordlys.example' },
  { name: 'Königsberg & Söhne', domain: 'koenigsberg.example' },
  { name: 'Thames Analytics', domain: 'thamesanalytics.example' },
  { name: 'Blue Heron Studios', domain: 'blueheron.example' },
  { name: 'Alpenglow Medical', domain: 'alpenglow.example' },
];
