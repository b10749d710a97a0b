package store

import "taizhang/model"

// linkTable names the table of a refs or roll field.
func linkTable(k *model.Kind, f *model.Field) string { return k.Name + "_" + f.Name }
