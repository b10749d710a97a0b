package raw

import "taizhang/model"

// LinkTable names the table of a refs or roll field.
func LinkTable(k *model.Kind, f *model.Field) string { return k.Name + "_" + f.Name }
