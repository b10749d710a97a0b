package send

import (
	"context"
	"errors"
	"fmt"
	"slices"

	"taizhang/model"
	"taizhang/store"
	"taizhang/store/bundle"
	"taizhang/store/internal/raw"
)

// TakeReceipt takes the county's answer to a bundle in: the bundle gets the verdict
// as its state, and the problems are kept beside it (Receipt). Taking the same
// answer again changes nothing. *model.Error: E-NOPROFILE while no county is known,
// those of bundle.OpenReceipt, E-RECEIPT-OTHER for another organisation's,
// E-RECEIPT-UNKNOWN for a bundle that this ledger has not sent, E-RECEIPT-OLD for an
// answer older than the one on file. Nothing is changed then.
func TakeReceipt(ctx context.Context, l *store.Ledger, data []byte) (*bundle.Receipt, error) {
	from, err := answering(ctx, l)
	if err != nil {
		return nil, err
	}
	profile, err := l.Setting(ctx, from.profile)
	if err != nil {
		return nil, err
	}
	pinned, err := from.pinned(ctx, l, profile)
	if err != nil {
		return nil, err
	}
	switch {
	case pinned == "" && from == ofOffice:
		return nil, model.Errorf("E-NOPROFILE", "还没有上级的配置文件,不知道回执是不是上级签发的;请先取入上级的配置文件")
	case pinned == "":
		return nil, model.Errorf("E-NOPROFILE", "还没有县里的配置文件,不知道回执是不是本县签发的;请先在设置里取入 county.json")
	}
	r, former, err := from.openReceipt(ctx, l, data, pinned)
	if from == ofOffice && hasCode(err, "E-RECEIPT-KEY") { // on a stick lie its own answers to those below
		own, fault := ofVillage.pinned(ctx, l, "")
		if fault != nil {
			return nil, fault
		}
		if below, _, wrong := ofVillage.openReceipt(ctx, l, data, own); wrong == nil {
			return nil, model.Errorf("E-RECEIPT-OTHER", "这是本级给“%s”的回执,不是上级的,没有取入", model.Clean(below.Organization.Name, false))
		}
	}
	if err != nil {
		return nil, err
	}
	home := l.Home()
	if r.Organization.ID != home.ID {
		return nil, model.Errorf("E-RECEIPT-OTHER", "这是“%s”的回执,不是本组织的,没有取入;请核对文件", model.Clean(r.Organization.Name, false))
	}
	have, err := Receipt(ctx, l, r.Sequence)
	if err != nil {
		return nil, err
	}
	if have != nil && have.Hash == r.Hash && have.Number > r.Number {
		return nil, model.Errorf("E-RECEIPT-OLD", "第 %d 号报送包已有更新的回执(%s),这份旧的没有取入", r.Sequence, have.Verdict)
	}
	err = inside(l).Write(ctx, func(ctx context.Context, t *store.Tx) error {
		found, err := raw.Texts(ctx, t, "SELECT created_at FROM bundle_sent WHERE sequence = ? AND hash = ?", r.Sequence, r.Hash)
		if err != nil {
			return fmt.Errorf("bundle %d: %w", r.Sequence, err)
		}
		if len(found) == 0 {
			return model.Errorf("E-RECEIPT-UNKNOWN", "本台账没有导出过回执里说的报送包(%s第 %d 号),没有取入:台账可能拷到了两台电脑上,请定下只用一台;台账若是从旧备份恢复的,请重新导出后再报",
				r.Month.Chinese(), r.Sequence)
		}
		if former != nil && found[0] > former.Until { // that key may be in anybody's hands by now
			return model.Errorf("E-RECEIPT-KEY", "这份回执是以前的密钥签的(校验数字 %s),报送包却是换了密钥以后导出的,没有取入;请打电话与%s核对",
				bundle.CheckDigits(former.PublicKey), from.whom)
		}
		if err := t.Exec(ctx, "UPDATE bundle_sent SET state = ?, receipt = ? WHERE sequence = ?", r.Verdict, string(data), r.Sequence); err != nil {
			return fmt.Errorf("bundle %d: %w", r.Sequence, err)
		}
		return nil
	})
	if err != nil || from == ofOffice { // which is known by its profile: its code is its own matter
		return r, err
	}
	return r, recode(ctx, l, r.Recoded, r.Issued)
}

// answering tells who answers the bundles of a ledger: a village's county, or the office
// above a county.
func answering(ctx context.Context, l *store.Ledger) (higher, error) {
	is, err := IsCounty(ctx, l)
	if is {
		return ofOffice, err
	}
	return ofVillage, err
}

// The codes of a receipt that refuses a bundle as one of a copy of the ledger, or of an old
// backup.
var forkCodes = []string{"E-FORK", "E-REPEATED"}

// Forked tells by a receipt that the county took the bundle for one of a second copy of the
// ledger, or of an old backup.
func Forked(r *bundle.Receipt) bool {
	return r != nil && r.Verdict == bundle.VerdictRefused && slices.Contains(forkCodes, r.Code)
}

// LastForked gives the answer to the newest bundle that was answered, if it was Forked; nil
// otherwise, and where it can't be read.
func LastForked(ctx context.Context, l *store.Ledger) (*bundle.Receipt, error) {
	newest, err := raw.Number(ctx, inside(l).Readers(), "SELECT coalesce(max(sequence), 0) FROM bundle_sent WHERE receipt IS NOT NULL")
	if err != nil || newest == 0 {
		return nil, inside(l).Explain(err)
	}
	r, err := Receipt(ctx, l, newest)
	var known *model.Error
	if err != nil && !errors.As(err, &known) {
		return nil, err
	}
	if !Forked(r) {
		return nil, nil
	}
	return r, nil
}

// Receipt gives the answer that was taken in to the bundle of a number, or nil.
func Receipt(ctx context.Context, l *store.Ledger, sequence int64) (*bundle.Receipt, error) {
	texts, err := raw.Texts(ctx, inside(l).Readers(), "SELECT receipt FROM bundle_sent WHERE sequence = ? AND receipt IS NOT NULL", sequence)
	if err != nil || len(texts) == 0 {
		return nil, inside(l).Explain(err)
	}
	from, err := answering(ctx, l)
	if err != nil {
		return nil, err
	}
	pinned, err := l.Setting(ctx, from.key)
	if err != nil {
		return nil, err
	}
	r, _, err := from.openReceipt(ctx, l, []byte(texts[0]), pinned)
	return r, err
}
