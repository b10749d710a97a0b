package send

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"maps"
	"slices"

	"taizhang/model"
	"taizhang/store"
	"taizhang/store/bundle"
	"taizhang/store/internal/raw"
)

// The settings in which the county's profile is kept.
const (
	settingProfile   = "county_profile" // county.json as it was taken in
	settingCountyKey = "county_key"     // the county's public key, pinned by the first profile
)

// higher is an office to which bundles go, by the settings that hold what is known of it: the
// county of a village, or the office above a county, whose ledger holds its own profile
// where a village's holds its county's.
type higher struct {
	profile string // as it was taken in
	key     string // its public key, pinned by the first
	former  string // its keys that were pinned before: a JSON list of pinnedBefore, the newest first
	whom    string // what it is called
}

var (
	ofVillage = higher{settingProfile, settingCountyKey, settingFormerKeys, "县(市)委组织部"}
	ofOffice  = higher{settingAbove, settingAboveKey, "above_keys_former", "上级"}
)

// Profile gives the county's profile, or nil when none has been taken in. The caller
// may change it.
func Profile(ctx context.Context, l *store.Ledger) (*bundle.Profile, error) {
	p, err := openProfile(ctx, l)
	if err != nil || p == nil {
		return nil, err
	}
	own := *p
	own.Parameters, own.Units = maps.Clone(p.Parameters), slices.Clone(p.Units)
	return &own, nil
}

// keptProfile is the profile that was opened last, with the texts that it was opened
// from: that of a whole county takes some milliseconds, and a county's ledger asks for
// it with every bundle. It is kept under openedProfile.
type keptProfile struct {
	text, pinned string
	profile      *bundle.Profile
}

type openedProfile struct{}

func openProfile(ctx context.Context, l *store.Ledger) (*bundle.Profile, error) {
	text, err := l.Setting(ctx, settingProfile)
	if err != nil || text == "" {
		return nil, err
	}
	pinned, err := ofVillage.pinned(ctx, l, text)
	if err != nil {
		return nil, err
	}
	kept := inside(l).Kept()
	if o, ok := kept.Load(openedProfile{}); ok && o.(*keptProfile).text == text && o.(*keptProfile).pinned == pinned {
		return o.(*keptProfile).profile, nil
	}
	p, err := bundle.OpenProfile([]byte(text), pinned)
	if err == nil {
		kept.Store(openedProfile{}, &keptProfile{text, pinned, p})
	}
	return p, err
}

// pinned gives the office's key as it was pinned. Where the setting is damaged, it is
// that of the profile on file, which it was pinned from.
func (h higher) pinned(ctx context.Context, l *store.Ledger, profile string) (string, error) {
	pinned, err := l.Setting(ctx, h.key)
	if err != nil || pinned == "" {
		return "", err
	}
	if _, wrong := bundle.ParsePublicKey(pinned); wrong == nil {
		return pinned, nil
	}
	if p, wrong := bundle.OpenProfile([]byte(profile), ""); wrong == nil {
		inside(l).Warn("台账里记下的县里公钥已损坏,先用配置文件里的;请重新取入县里的配置文件(county.json)")
		return p.PublicKey, nil
	}
	return pinned, nil
}

// hasReceived tells a county's ledger by its book of bundles handled.
func hasReceived(ctx context.Context, l *store.Ledger) (bool, error) {
	n, err := raw.Number(ctx, inside(l).Readers(), "SELECT EXISTS (SELECT 1 FROM known_key) OR EXISTS (SELECT 1 FROM intake)")
	return n > 0, inside(l).Explain(err)
}

// IsCounty tells whether a ledger is a county's: the county profile that it holds is its
// own organisation's. A village holds its county's, which has another code.
func IsCounty(ctx context.Context, l *store.Ledger) (bool, error) {
	if l.Extract() != nil { // it holds no profile, which names every unit of the county
		return true, nil
	}
	p, err := openProfile(ctx, l)
	if damaged := (*model.Error)(nil); errors.As(err, &damaged) {
		inside(l).Warn("台账里存的县里配置文件已损坏,导出和取回执要先重新取入 county.json;记录照常能看能改")
		return hasReceived(ctx, l)
	}
	if err != nil || p == nil {
		return false, err
	}
	return p.Code == l.Home().Str("code"), nil
}

// SetProfile takes in a county profile (county.json). The first one is trusted and
// its key pinned; from then on only that key's are taken, and those of keys that came
// from it by announcements alone. Its units become what
// org_code fields offer, but not in the ledger of the county whose profile it is,
// and its parameters hold at once. *model.Error: those of bundle.OpenProfile,
// E-PROFILE-OLD for a version older than the one on file, or other content under the
// same version, E-PARAM for a parameter that this program does not know. Nothing is
// changed then.
func SetProfile(ctx context.Context, l *store.Ledger, data []byte) error {
	return takeProfile(ctx, l, data, vouched{})
}

// HasProfile tells whether a profile is the one that is on file, so that taking it in would
// change nothing.
func HasProfile(ctx context.Context, l *store.Ledger, data []byte) bool {
	have, err := l.Setting(ctx, settingProfile)
	return err == nil && have != "" && have == string(bundle.StandingProfile(data))
}

// takeProfile takes a profile in, whose key may be vouched for.
func takeProfile(ctx context.Context, l *store.Ledger, data []byte, by vouched) error {
	p, pinned, done, err := ofVillage.look(ctx, l, data, by)
	if done || err != nil {
		return err
	}
	data = bundle.StandingProfile(data)
	params, err := Params(inside(l).Book(), p)
	if err != nil {
		return err
	}
	own := p.Code == l.Home().Str("code")
	err = inside(l).Write(ctx, func(ctx context.Context, t *store.Tx) error {
		if err := ofVillage.keepFormer(ctx, t, pinned, p.PublicKey); err != nil {
			return err
		}
		return PutProfile(ctx, t, data, p, params, own)
	})
	if err != nil {
		return err
	}
	if err := inside(l).Reload(ctx); err != nil || own {
		return err
	}
	return recode(ctx, l, p.Recoded, p.Issued)
}

// look opens a profile that came, and compares it with what is on file: pinned is the key
// that is pinned so far, done tells that the same profile stands there.
func (h higher) look(ctx context.Context, l *store.Ledger, data []byte, by vouched) (p *bundle.Profile, pinned string, done bool, err error) {
	have, err := l.Setting(ctx, h.profile)
	if err != nil {
		return nil, "", false, err
	}
	if pinned, err = h.pinned(ctx, l, have); err != nil {
		return nil, "", false, err
	}
	if p, err = h.openAgainst(ctx, l, data, pinned, by); err != nil {
		return nil, "", false, err
	}
	if pinned == "" || p.PublicKey == pinned { // a new key begins anew: an old backup of the office's may stand behind it
		done, err = h.known(ctx, l, p)
	}
	return p, pinned, done, err
}

// standing gives the profile on file, nil for none and in the place of a damaged one.
func (h higher) standing(ctx context.Context, l *store.Ledger) (*bundle.Profile, error) {
	read := Above
	if h == ofVillage {
		read = Profile
	}
	p, err := read(ctx, l)
	if damaged := (*model.Error)(nil); errors.As(err, &damaged) {
		return nil, nil
	}
	return p, err
}

// Params gives a profile's parameters as the ledger keeps them.
func Params(book *store.Book, p *bundle.Profile) (string, error) {
	params, err := json.Marshal(p.Parameters)
	if err != nil {
		return "", fmt.Errorf("profile: %w", err)
	}
	if _, err := book.Limits(string(params)); err != nil {
		return "", model.Errorf("E-PARAM", "县里的配置文件里有本程序不认识的参数(%v),没有取入;请先更新本程序", err)
	}
	return string(params), nil
}

// PutProfile writes a profile down. own tells that it is this organisation's: a
// county's list of units comes from its sheet, and the profile only repeats it.
func PutProfile(ctx context.Context, t *store.Tx, data []byte, p *bundle.Profile, params string, own bool) error {
	if own {
		if err := noteDeadline(ctx, t, p); err != nil {
			return err
		}
	}
	for _, s := range [][2]string{{settingProfile, string(data)}, {settingCountyKey, p.PublicKey}, {store.SettingParams, params}} {
		if err := t.SetSetting(ctx, s[0], s[1]); err != nil {
			return err
		}
	}
	if own {
		return nil
	}
	units := unitsOf(p)
	for _, u := range p.Retired { // what names them holds
		if !slices.ContainsFunc(units, func(o store.Unit) bool { return o.Code == u.Code }) {
			units = append(units, store.Unit{Code: u.Code, Name: u.Name + "(已撤销)", Township: u.Township, Domain: u.Domain})
		}
	}
	return t.SetUnits(ctx, units)
}

// ProfileText gives the county's profile as it was taken in: the bytes of
// county.json. nil when there is none.
func ProfileText(ctx context.Context, l *store.Ledger) ([]byte, error) {
	text, err := l.Setting(ctx, settingProfile)
	if err != nil || text == "" {
		return nil, err
	}
	return []byte(text), nil
}

// known compares a profile with the one on file; done is true for the same.
func (h higher) known(ctx context.Context, l *store.Ledger, p *bundle.Profile) (done bool, err error) {
	have, err := h.standing(ctx, l)
	if err != nil || have == nil {
		return false, err
	}
	switch {
	case p.Version < have.Version:
		return false, model.Errorf("E-PROFILE-OLD", "这份配置文件是第 %d 版,已取入的是第 %d 版,旧的不能代替新的;请向%s要最新的一份",
			p.Version, have.Version, h.whom)
	case p.Version > have.Version:
		return false, nil
	}
	before, err := json.Marshal(have)
	if err != nil {
		return false, fmt.Errorf("profile: %w", err)
	}
	now, err := json.Marshal(p)
	if err != nil {
		return false, fmt.Errorf("profile: %w", err)
	}
	if string(before) != string(now) {
		return false, model.Errorf("E-PROFILE-OLD", "这份配置文件与已取入的同是第 %d 版,内容却不同,没有取入;请向%s要最新的一份", p.Version, h.whom)
	}
	return true, nil
}

func unitsOf(p *bundle.Profile) []store.Unit {
	units := make([]store.Unit, len(p.Units))
	for i, u := range p.Units {
		units[i] = store.Unit{Code: u.Code, Name: u.Name, Township: u.Township, Domain: u.Domain, Phone: u.Phone}
	}
	return units
}
