# ${name}
%{ for i, cidr in cidrs ~}
allow ${i} ${cidr}
%{ endfor ~}
%{ if length(cidrs) > 1 }many%{ else }one%{ endif }
  $${kept} \n "as it is"
