package county

import (
	"context"
	"encoding/json"
	"fmt"

	"taizhang/model"
	"taizhang/store"
	"taizhang/store/bundle"
)

// KeyState is how the county's key stands, as far as the ledger knows it.
type KeyState struct {
	Digits string             // the check digits of the present key
	Since  model.Date         // the day on which it was made, "" where nobody noted it
	Former []bundle.FormerKey // the keys before it, the newest first
	Backup model.Date         // the day of the last copy of the present key outside this computer, "" for none
	How    string             // how it was made: KeyInFile, KeyOnPaper
}

// How the key was copied.
const (
	KeyInFile  = "备份文件"
	KeyOnPaper = "纸"
)

// The settings about the key.
const (
	settingKeyBackup   = "county_key_backup"   // the last copy: a keyBackup
	settingKeyReminded = "county_key_reminded" // YYYY-MM in which it was last reminded
)

// keyBackup notes a copy of the key.
type keyBackup struct {
	PublicKey string     `json:"public_key"`
	Day       model.Date `json:"day"`
	How       string     `json:"how"`
}

// KeyStateOf tells how the key stands. *model.Error E-NOTCOUNTY for a village's ledger.
func KeyStateOf(ctx context.Context, l *store.Ledger) (*KeyState, error) {
	p, err := Own(ctx, l)
	if err != nil {
		return nil, err
	}
	s := &KeyState{Digits: bundle.CheckDigits(p.PublicKey), Since: model.Date(p.KeySince), Former: p.Former}
	text, err := l.Setting(ctx, settingKeyBackup)
	if err != nil {
		return nil, err
	}
	var b keyBackup
	if json.Unmarshal([]byte(text), &b) == nil && b.PublicKey == p.PublicKey { // that of an earlier key is none
		s.Backup, s.How = b.Day, b.How
	}
	return s, nil
}

// NoteKeyBackup notes that the present key was copied to somewhere else today.
func NoteKeyBackup(ctx context.Context, l *store.Ledger, how string) error {
	p, err := Own(ctx, l)
	if err != nil {
		return err
	}
	text, err := json.Marshal(keyBackup{p.PublicKey, l.Source().Today(), how})
	if err != nil {
		return fmt.Errorf("key backup: %w", err)
	}
	return l.SetSetting(ctx, settingKeyBackup, string(text))
}

// Wanting says that there is no copy of the key, and what to do; "" where there is one.
func (s *KeyState) Wanting() string {
	if s.Backup != "" {
		return ""
	}
	return "县里的密钥还没有备份:这台电脑坏了,就再也打不开各村的报送包。请备份到U盘(taizhang backup --out U盘),或把密钥打印在纸上锁进保险柜(taizhang county key paper)"
}

// KeyReminder gives Wanting once a month, and notes that it did; "" otherwise.
func KeyReminder(ctx context.Context, l *store.Ledger) (string, error) {
	s, err := KeyStateOf(ctx, l)
	if err != nil || s.Wanting() == "" || l.ReadOnly() {
		return "", err
	}
	month := string(l.Source().Today().Month())
	last, err := l.Setting(ctx, settingKeyReminded)
	if err != nil || last == month {
		return "", err
	}
	return s.Wanting(), l.SetSetting(ctx, settingKeyReminded, month)
}
