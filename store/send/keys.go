package send

import (
	"context"
	"fmt"

	"aead.dev/minisign"

	"taizhang/model"
	"taizhang/store"
)

// Names of settings.
const (
	settingSigningKey = "signing_key" // minisign's text of the raw private key
	settingPublicKey  = "public_key"  // the one base64 line that `minisign -P` takes
	settingSequence   = "sequence"    // the last bundle number reserved
)

// newKeys makes a ledger's signing key. It is kept unencrypted: a password would
// cost 7 s and 1 GB of memory each month, and the ledger itself holds more than
// the key protects.
func newKeys(source *model.Source) (private, public string, err error) {
	pub, priv, err := minisign.GenerateKey(source.Rand)
	if err != nil {
		return "", "", fmt.Errorf("signing key: %w", err)
	}
	text, err := priv.MarshalText()
	if err != nil {
		return "", "", fmt.Errorf("signing key: %w", err)
	}
	return string(text), pub.String(), nil
}

// signingKey gives the ledger's key for signing bundles.
func signingKey(ctx context.Context, l *store.Ledger) (minisign.PrivateKey, error) {
	var key minisign.PrivateKey
	text, err := l.Setting(ctx, settingSigningKey)
	if err != nil {
		return key, err
	}
	if text == "" {
		return key, model.Errorf("E-NOKEY", "台账里没有签名密钥,请从备份恢复,或与县(市)委组织部联系")
	}
	if err := key.UnmarshalText([]byte(text)); err != nil {
		return key, model.Errorf("E-NOKEY", "台账里的签名密钥已损坏,不能导出;请从最近的备份恢复,或与县(市)委组织部联系")
	}
	return key, nil
}

// PublicKey gives the ledger's public key, the one base64 line of `minisign -P`.
func PublicKey(ctx context.Context, l *store.Ledger) (string, error) {
	return l.Setting(ctx, settingPublicKey)
}

// Begin gives a new ledger its signing key.
func Begin(ctx context.Context, t *store.Tx) error {
	private, public, err := newKeys(t.Ledger().Source())
	if err != nil {
		return err
	}
	for _, s := range [][2]string{{settingSigningKey, private}, {settingPublicKey, public}} {
		if err := t.SetSetting(ctx, s[0], s[1]); err != nil {
			return err
		}
	}
	return nil
}
