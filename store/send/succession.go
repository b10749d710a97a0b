package send

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"slices"

	"taizhang/model"
	"taizhang/store"
	"taizhang/store/bundle"
)

// settingFormerKeys keeps the county's keys that were pinned before: a JSON list of
// pinnedBefore, the newest first.
const settingFormerKeys = "county_keys_former"

// pinnedBefore is a key of the county that has been replaced here.
type pinnedBefore struct {
	PublicKey string `json:"public_key"`
	Until     string `json:"until"` // YYYY-MM-DDThh:mm:ssZ, when the next one was taken in here
}

// TrustProfile takes in a profile under a key that nobody has announced, since the county
// has lost the one before it: digits are the eight check digits that the county has read
// out over the phone. Where no profile is known yet it is the first. *model.Error: those
// of SetProfile, E-DIGITS for other digits than those of the file, E-PROFILE-COUNTY for
// another county's. Nothing is changed then.
func TrustProfile(ctx context.Context, l *store.Ledger, data []byte, digits string) error {
	return takeProfile(ctx, l, data, vouched{digits: digits, asked: true})
}

// vouched is what two people who spoke over the phone say for a key: the check digits, which
// may be wrong or empty. Not asked, nobody has compared any.
type vouched struct {
	digits string
	asked  bool
}

// NewKey tells whether a profile stands under a key that only two people can vouch for:
// its check digits, and those of the key that is pinned. "" where SetProfile takes it, or
// refuses it for another reason.
func NewKey(ctx context.Context, l *store.Ledger, data []byte) (digits, pinned string, err error) {
	have, err := l.Setting(ctx, settingProfile)
	if err != nil {
		return "", "", err
	}
	known, err := ofVillage.pinned(ctx, l, have)
	if err != nil || known == "" {
		return "", "", err
	}
	if _, err := bundle.OpenProfile(data, known); !hasCode(err, "E-PROFILE-KEY") {
		return "", "", nil
	}
	p, err := bundle.OpenProfile(data, "")
	if err != nil {
		return "", "", err
	}
	if err := ofVillage.same(ctx, l, p); err != nil {
		return "", "", err
	}
	return bundle.CheckDigits(p.PublicKey), bundle.CheckDigits(known), nil
}

// openAgainst opens a profile under the pinned key, or under another one that the digits
// vouch for.
func (h higher) openAgainst(ctx context.Context, l *store.Ledger, data []byte, pinned string, by vouched) (*bundle.Profile, error) {
	if !by.asked {
		return bundle.OpenProfile(data, pinned)
	}
	p, err := bundle.OpenProfile(data, "")
	if err != nil {
		return nil, err
	}
	if !bundle.SameDigits(by.digits, bundle.CheckDigits(p.PublicKey)) {
		return nil, model.Errorf("E-DIGITS", "写的校验数字与文件里密钥的不一样,没有取入;请再打电话与%s核对,对不上的文件不要取入", h.whom)
	}
	return p, h.same(ctx, l, p)
}

// same refuses a profile of another office than the one on file: no digits over the phone
// make it this ledger's.
func (h higher) same(ctx context.Context, l *store.Ledger, p *bundle.Profile) error {
	have, err := h.standing(ctx, l)
	if err != nil || have == nil || have.Code == p.Code {
		return err
	}
	return model.Errorf("E-PROFILE-COUNTY", "这是“%s”(代码 %s)的配置文件,本台账报给“%s”(代码 %s),没有取入;请核对文件",
		model.Clean(p.Name, false), p.Code, model.Clean(have.Name, false), have.Code)
}

func hasCode(err error, code string) bool {
	var known *model.Error
	return errors.As(err, &known) && known.Code == code
}

// keepFormer keeps the pinned key where another takes its place.
func (h higher) keepFormer(ctx context.Context, t *store.Tx, pinned, next string) error {
	if pinned == "" || pinned == next {
		return nil
	}
	text, err := t.Setting(ctx, h.former)
	if err != nil {
		return err
	}
	all := formerIn(text)
	all = slices.Insert(all, 0, pinnedBefore{pinned, t.Ledger().Source().Stamp()})
	now, err := json.Marshal(all)
	if err != nil {
		return fmt.Errorf("former keys: %w", err)
	}
	return t.SetSetting(ctx, h.former, string(now))
}

// formerIn reads the list; one that is damaged holds nothing: old receipts can't be looked
// at any more then, and nothing else depends on it.
func formerIn(text string) []pinnedBefore {
	var all []pinnedBefore
	if json.Unmarshal([]byte(text), &all) != nil {
		return nil
	}
	return all
}

// openReceipt opens a receipt under the office's key, or under one that was pinned before
// it, which is given then.
func (h higher) openReceipt(ctx context.Context, l *store.Ledger, data []byte, pinned string) (*bundle.Receipt, *pinnedBefore, error) {
	r, err := bundle.OpenReceipt(data, pinned)
	if !hasCode(err, "E-RECEIPT-KEY") {
		return r, nil, err
	}
	text, fault := l.Setting(ctx, h.former)
	if fault != nil {
		return nil, nil, fault
	}
	for _, f := range formerIn(text) {
		if r, wrong := bundle.OpenReceipt(data, f.PublicKey); wrong == nil {
			return r, &f, nil
		}
	}
	if h != ofVillage {
		return nil, nil, model.Errorf("E-RECEIPT-KEY", "%s。上级换了密钥的话,先取入上级新发的配置文件,再取回执", message(err))
	}
	return nil, nil, model.Errorf("E-RECEIPT-KEY", "%s。县里换了密钥的话,先在设置里取入县里新发的 county.json,再取回执", message(err))
}

func message(err error) string {
	var known *model.Error
	if errors.As(err, &known) {
		return known.Message
	}
	return err.Error()
}

// WasCountyKey tells whether a key was this county's before the present one.
func WasCountyKey(ctx context.Context, l *store.Ledger, public string) (bool, error) {
	text, err := l.Setting(ctx, settingFormerKeys)
	return slices.ContainsFunc(formerIn(text), func(p pinnedBefore) bool { return p.PublicKey == public }), err
}
