[%{ for i, name in names }${i == 0 ? "" : ","}${jsonencode(upper(name))}%{ endfor }]
