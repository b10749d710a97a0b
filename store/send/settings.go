package send

import (
	"context"
	"errors"
	"strconv"

	"aead.dev/minisign"

	"taizhang/model"
	"taizhang/store"
	"taizhang/store/bundle"
)

// CheckSettings tells what is wrong with the settings that reporting reads: a clause each,
// in Chinese, with what to do.
func CheckSettings(ctx context.Context, l *store.Ledger) (wrong []string, err error) {
	text := map[string]string{}
	for _, name := range []string{store.SettingHome, settingPublicKey, settingSequence, settingProfile, settingCountyKey} {
		if text[name], err = l.Setting(ctx, name); err != nil {
			return nil, err
		}
	}
	var known *model.Error
	key, err := signingKey(ctx, l)
	switch {
	case errors.As(err, &known):
		wrong = append(wrong, known.Message)
	case err != nil:
		return nil, err
	case publicOf(key) != text[settingPublicKey]:
		wrong = append(wrong, "签名密钥和公钥不是一对,请从备份恢复")
	}
	if home := l.Home(); home != nil && text[store.SettingHome] != home.ID {
		wrong = append(wrong, "“本组织”这一设置读不懂,请从备份恢复")
	}
	if _, err := strconv.ParseInt(text[settingSequence], 10, 64); text[settingSequence] != "" && err != nil {
		wrong = append(wrong, "报送包的序号读不懂,请从备份恢复")
	}
	profile := text[settingProfile]
	if profile == "" && text[settingCountyKey] == "" {
		return wrong, nil
	}
	if _, err := bundle.OpenProfile([]byte(profile), text[settingCountyKey]); err != nil || text[settingCountyKey] == "" {
		wrong = append(wrong, "县里的配置文件坏了,请重新取入县里的配置文件(county.json),取不进就从备份恢复")
	}
	return wrong, nil
}

func publicOf(key minisign.PrivateKey) string {
	if public, ok := key.Public().(minisign.PublicKey); ok {
		return public.String()
	}
	return ""
}
